package org.copick.tests.broken;

import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;

/** Stores with one defect each in replacing prefixes. */
final class BrokenReplacing {
    private BrokenReplacing() {}

    /** Returns a store without a defect. */
    static BrokenStore unbroken() {
        return of("nothing", ReplacingStore::new);
    }

    static List<BrokenStore> all() {
        return List.of(
                of(
                        "old objects stay below a replaced prefix",
                        (store, lock) -> new ReplacingStore(store, lock) {
                            @Override
                            void move(String staged, String prefix) {
                                copy(staged, prefix);
                                good().deletePrefix(staged);
                            }
                        },
                        "replacesAPrefixAtOnce"),
                of(
                        "staged objects remain",
                        (store, lock) -> new ReplacingStore(store, lock) {
                            @Override
                            void move(String staged, String prefix) {
                                good().deletePrefix(prefix);
                                copy(staged, prefix);
                            }
                        },
                        "replacesAPrefixAtOnce"),
                of(
                        "replacing a prefix also replaces its siblings",
                        (store, lock) -> new ReplacingStore(store, lock) {
                            @Override
                            void move(String staged, String prefix) {
                                String begin = prefix.substring(0, prefix.length() - 1);
                                below("").stream()
                                        .filter(key -> key.startsWith(begin))
                                        .forEach(good()::delete);
                                super.move(staged, prefix);
                            }
                        },
                        "replacesAPrefixAtOnce"),
                of(
                        "IF_ABSENT replaces a prefix",
                        (store, lock) -> new ReplacingStore(store, lock) {
                            @Override
                            void check(String staged, String prefix, WriteCondition condition) {
                                super.check(
                                        staged,
                                        prefix,
                                        condition == WriteCondition.IF_ABSENT ? WriteCondition.ANY : condition);
                            }
                        },
                        "replacesAPrefixAtOnce"),
                of(
                        "replacing a prefix accepts IfVersion",
                        (store, lock) -> new ReplacingStore(store, lock) {
                            @Override
                            void check(String staged, String prefix, WriteCondition condition) {
                                boolean version = condition instanceof WriteCondition.IfVersion;
                                super.check(staged, prefix, version ? WriteCondition.ANY : condition);
                            }
                        },
                        "replacesAPrefixAtOnce"),
                of(
                        "replacing a prefix accepts an empty staged prefix",
                        (store, lock) -> new ReplacingStore(store, lock) {
                            @Override
                            void check(String staged, String prefix, WriteCondition condition) {
                                try {
                                    super.check(staged, prefix, condition);
                                } catch (NotFoundException e) {
                                    good().deletePrefix(prefix);
                                    throw e;
                                }
                            }
                        },
                        "replacesAPrefixAtOnce"),
                of("readers see a prefix half replaced", HalfReplaced::new, "aPrefixIsReplacedAtOnce"),
                of("readers see a prefix half deleted", HalfDeleted::new, "aPrefixGoesAtOnce"),
                of(
                        "an interrupted replacement takes effect",
                        Uninterrupted::new,
                        "closedAndInterruptedNothingIsReplaced"),
                of("a closed store replaces prefixes", NeverClosed::new, "closedAndInterruptedNothingIsReplaced"));
    }

    private static BrokenStore of(
            String name, BiFunction<ObjectStore, ReadWriteLock, ObjectStore> breaking, String... caught) {
        return BrokenStore.together(
                name,
                () -> {
                    ReadWriteLock lock = new ReentrantReadWriteLock();
                    return store -> breaking.apply(store, lock);
                },
                caught);
    }

    private static final class HalfReplaced extends ReplacingStore {
        HalfReplaced(ObjectStore store, ReadWriteLock lock) {
            super(store, lock);
        }

        @Override
        public void replacePrefix(String staged, String prefix, WriteCondition condition) {
            check(staged, prefix, condition);
            List<String> old = below(prefix);
            for (String key : below(staged)) {
                byte[] bytes = good().read(key).orElseThrow().bytes();
                good().write(prefix + key.substring(staged.length()), bytes, WriteCondition.ANY);
                BrokenReading.pause();
            }
            List<String> now = below(staged).stream()
                    .map(key -> prefix + key.substring(staged.length()))
                    .toList();
            old.stream().filter(key -> !now.contains(key)).forEach(good()::delete);
            good().deletePrefix(staged);
        }
    }

    private static final class HalfDeleted extends ReplacingStore {
        HalfDeleted(ObjectStore store, ReadWriteLock lock) {
            super(store, lock);
        }

        @Override
        public void deletePrefix(String prefix) {
            if (prefix.isEmpty()) {
                throw new InvalidNameException("cannot delete everything");
            }
            for (String key : below(prefix)) {
                good().delete(key);
                BrokenReading.pause();
            }
            good().deletePrefix(prefix);
        }
    }

    private static final class Uninterrupted extends ReplacingStore {
        Uninterrupted(ObjectStore store, ReadWriteLock lock) {
            super(store, lock);
        }

        @Override
        public void replacePrefix(String staged, String prefix, WriteCondition condition) {
            boolean interrupted = Thread.interrupted();
            try {
                super.replacePrefix(staged, prefix, condition);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static final class NeverClosed extends ReplacingStore {
        private final ObjectStore open;
        private final ReadWriteLock lock;

        NeverClosed(ObjectStore store, ReadWriteLock lock) {
            super(store, lock);
            this.lock = lock;
            this.open = ((MemoryStore) store).reopen();
        }

        @Override
        public void replacePrefix(String staged, String prefix, WriteCondition condition) {
            new ReplacingStore(open, lock).replacePrefix(staged, prefix, condition);
        }
    }
}
