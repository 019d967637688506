package org.copick.tests.broken;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/** Stores with defects that show only with several stores, threads or states, or when a store is closed. */
final class BrokenCommunity {
    private BrokenCommunity() {}

    static List<BrokenStore> all() {
        List<BrokenStore> all = new ArrayList<>(races());
        all.addAll(lives());
        return all;
    }

    private static List<BrokenStore> races() {
        return List.of(
                BrokenStore.together(
                        "IF_ABSENT is exclusive within one store",
                        () -> store -> new Passing(store) {
                            @Override
                            public synchronized ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                if (condition == WriteCondition.IF_ABSENT
                                        && good().info(key).isEmpty()) {
                                    BrokenReading.pause(50);
                                    return good().write(key, bytes, WriteCondition.ANY);
                                }
                                return good().write(key, bytes, condition);
                            }
                        },
                        "creatingHasOneWinner"),
                BrokenStore.together(
                                "IfVersion never succeeds",
                                () -> store -> new Passing(store) {
                                    @Override
                                    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                        if (condition instanceof WriteCondition.IfVersion) {
                                            throw new ConflictException(key + " was changed");
                                        }
                                        return good().write(key, bytes, condition);
                                    }
                                },
                                "replaceIfVersion",
                                "replacingHasOneWinner",
                                "countingByVersionLosesNothing")
                        .alsoRandom(),
                BrokenStore.together(
                        "IfVersion recreates a deleted object",
                        () -> store -> new Passing(store) {
                            @Override
                            public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                boolean gone = condition instanceof WriteCondition.IfVersion
                                        && good().info(key).isEmpty();
                                return good().write(key, bytes, gone ? WriteCondition.IF_ABSENT : condition);
                            }
                        },
                        "replaceIfVersion"),
                BrokenStore.together(
                        "IfVersion works without being declared",
                        () -> store -> new Passing(store) {
                            @Override
                            public Set<StoreCapability> capabilities() {
                                return Set.of(StoreCapability.WRITE, StoreCapability.CREATE_IF_ABSENT);
                            }
                        },
                        "replaceIfVersion",
                        "replacingHasOneWinner",
                        "countingByVersionLosesNothing"),
                BrokenStore.together(
                        "only the thread that opened it can read",
                        () -> OneThread::new,
                        "readersSeeOldOrNewNeverAMixture",
                        "deletingAndWritingInOnePlaceAtOnce",
                        "countingByVersionLosesNothing",
                        "interruptingEndsARunningCall"),
                BrokenStore.together(
                        "an interrupted deletion takes effect",
                        () -> store -> new Passing(store) {
                            @Override
                            public void delete(String key) {
                                if (Thread.interrupted()) {
                                    good().delete(key);
                                    Thread.currentThread().interrupt();
                                }
                                good().delete(key);
                            }
                        },
                        "anInterruptedThreadGetsNothingDone"));
    }

    private static List<BrokenStore> lives() {
        return List.of(
                BrokenStore.together("closing closes all others", Siblings::new, "aClosedStoreRefusesEverything"),
                BrokenStore.together(
                        "closing twice fails",
                        () -> store -> new Passing(store) {
                            private final AtomicBoolean closed = new AtomicBoolean();

                            @Override
                            public void close() {
                                if (closed.getAndSet(true)) {
                                    throw new ClosedException("closed already");
                                }
                                good().close();
                            }
                        },
                        "aClosedStoreRefusesEverything",
                        "locationAndCapabilitiesStay"),
                BrokenStore.together(
                        "a closed store has no location",
                        () -> store -> new Passing(store) {
                            @Override
                            public String location() {
                                good().listFolder("");
                                return good().location();
                            }
                        },
                        "locationAndCapabilitiesStay"),
                BrokenStore.of(
                        "both kinds of replacing by version are declared",
                        store -> new Passing(store) {
                            @Override
                            public Set<StoreCapability> capabilities() {
                                return Set.of(
                                        StoreCapability.WRITE,
                                        StoreCapability.CREATE_IF_ABSENT,
                                        StoreCapability.REPLACE_IF_VERSION,
                                        StoreCapability.REPLACE_IF_VERSION_COOPERATIVE);
                            }
                        },
                        "locationAndCapabilitiesStay"),
                BrokenStore.together(
                        "a closed store has no capabilities",
                        () -> store -> new Passing(store) {
                            private final AtomicBoolean closed = new AtomicBoolean();

                            @Override
                            public Set<StoreCapability> capabilities() {
                                return closed.get() ? Set.of() : good().capabilities();
                            }

                            @Override
                            public void close() {
                                closed.set(true);
                                good().close();
                            }
                        },
                        "locationAndCapabilitiesStay"),
                BrokenStore.together(
                                "the first write adds a capability",
                                () -> store -> new Passing(store) {
                                    private final AtomicBoolean written = new AtomicBoolean();

                                    @Override
                                    public Set<StoreCapability> capabilities() {
                                        return written.get()
                                                ? good().capabilities()
                                                : Set.of(StoreCapability.WRITE, StoreCapability.REPLACE_IF_VERSION);
                                    }

                                    @Override
                                    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                                        ObjectInfo info = good().write(key, bytes, condition);
                                        written.set(true);
                                        return info;
                                    }
                                },
                                "locationAndCapabilitiesStay")
                        .also("createIfAbsent", "creatingHasOneWinner"));
    }

    private static final class OneThread extends Passing {
        private final Thread owner = Thread.currentThread();

        OneThread(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            if (Thread.currentThread() != owner) {
                throw new IllegalStateException("this store was opened by another thread");
            }
            return good().read(key);
        }
    }

    /** Closes all stores of the place when one is closed. */
    private static final class Siblings implements UnaryOperator<ObjectStore> {
        private final ConcurrentLinkedQueue<ObjectStore> opened = new ConcurrentLinkedQueue<>();

        @Override
        public ObjectStore apply(ObjectStore store) {
            opened.add(store);
            return new Passing(store) {
                @Override
                public void close() {
                    opened.forEach(ObjectStore::close);
                }
            };
        }
    }
}
