package org.copick.tests.broken;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;

/** Stores that confuse states of an object. */
final class BrokenStates {
    private BrokenStates() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.together(
                                "reads are cached until this store writes", () -> ReadCache::new, "storesSeeEachOther")
                        .also("replacingHasOneWinner", "countingByVersionLosesNothing"),
                BrokenStore.together(
                                "sizes are cached until this store writes",
                                () -> InfoCache::new,
                                "storesSeeEachOther",
                                "rangesAreCutAtTheEnd",
                                "rangesOfAnExpectedVersion")
                        .also("replacingHasOneWinner"),
                BrokenStore.together("missing objects are cached", () -> MissingCache::new, "storesSeeEachOther"),
                BrokenStore.together(
                        "written arrays are shared with the caller", WrittenArrays::new, "arraysBelongToTheCaller"),
                BrokenStore.together(
                                "versions are times in seconds", Seconds::new, "quickReplacementsHaveDifferentVersions")
                        .also(
                                "copies",
                                "copiesOfAnotherVersion",
                                "rangesOfAnExpectedVersion",
                                "replaceIfVersion",
                                "replacingHasOneWinner",
                                "countingByVersionLosesNothing"),
                BrokenStore.together(
                                "versions begin again after a deletion",
                                Restarting::new,
                                "quickReplacementsHaveDifferentVersions")
                        .also("copies", "copiesOfAnotherVersion"),
                BrokenStore.together(
                                "writes are visible only after a delay", () -> Later::new, "writesCreateAndReplace")
                        .alsoRandom(
                                "copies",
                                "copiesOfAnotherVersion",
                                "aPrefixHoldsSomethingWhileItIsListed",
                                "arraysBelongToTheCaller",
                                "createIfAbsent",
                                "deletingAndWritingInOnePlaceAtOnce",
                                "keysAreFlatOrFolders",
                                "objectsOfAnySizeAreWritten",
                                "quickReplacementsHaveDifferentVersions",
                                "storesSeeEachOther",
                                "writingWhileThePrefixIsDeleted"));
    }

    /** Caches read objects until it writes itself. */
    private static final class ReadCache extends Passing {
        private final Map<String, Optional<StoredObject>> cache = new ConcurrentHashMap<>();

        ReadCache(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            Optional<StoredObject> now = good().read(key);
            now.ifPresent(read -> cache.putIfAbsent(key, now));
            return cache.getOrDefault(key, now)
                    .map(kept -> new StoredObject(kept.info(), kept.bytes().clone()));
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            T done = operation.get();
            if (!call.kind().name().matches("READ.*|INFO|LIST.*")) {
                cache.clear();
            }
            return done;
        }
    }

    /** Caches object infos until it writes itself. */
    private static final class InfoCache extends Passing {
        private final Map<String, Optional<ObjectInfo>> cache = new ConcurrentHashMap<>();

        InfoCache(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<ObjectInfo> info(String key) {
            Optional<ObjectInfo> now = good().info(key);
            now.ifPresent(found -> cache.putIfAbsent(key, now));
            return cache.getOrDefault(key, now);
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            T done = operation.get();
            if (!call.kind().name().matches("READ.*|INFO|LIST.*")) {
                cache.clear();
            }
            return done;
        }
    }

    /** Caches missing keys until it writes itself. */
    private static final class MissingCache extends Passing {
        private final Set<String> missing = ConcurrentHashMap.newKeySet();

        MissingCache(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            Optional<StoredObject> now = good().read(key);
            if (now.isEmpty()) {
                missing.add(key);
            }
            return now.filter(found -> !missing.contains(key));
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            T done = operation.get();
            if (!call.kind().name().matches("READ.*|INFO|LIST.*")) {
                missing.clear();
            }
            return done;
        }
    }

    /** Keeps written arrays and returns copies of them as long as they are the current state. */
    private static final class WrittenArrays implements UnaryOperator<ObjectStore> {
        private final Map<Version, byte[]> kept = new ConcurrentHashMap<>();

        @Override
        public ObjectStore apply(ObjectStore store) {
            return new Passing(store) {
                @Override
                public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                    ObjectInfo info = good().write(key, bytes, condition);
                    kept.put(info.version(), bytes);
                    return info;
                }

                @Override
                public Optional<StoredObject> read(String key) {
                    return good().read(key)
                            .map(read -> new StoredObject(
                                    read.info(),
                                    kept.getOrDefault(read.info().version(), read.bytes())
                                            .clone()));
                }
            };
        }
    }

    /** Replaces versions by others. */
    private abstract static class Renaming implements UnaryOperator<ObjectStore> {
        private final Map<Version, Version> names = new ConcurrentHashMap<>();

        abstract String name(String key);

        void deleted(String key) {}

        private ObjectInfo renamed(ObjectInfo info) {
            Version name = names.computeIfAbsent(info.version(), version -> new Version(name(info.key())));
            return new ObjectInfo(info.key(), info.size(), name);
        }

        @Override
        public final ObjectStore apply(ObjectStore store) {
            return new Passing(store) {
                @Override
                public Optional<StoredObject> read(String key) {
                    return good().read(key).map(read -> new StoredObject(renamed(read.info()), read.bytes()));
                }

                @Override
                public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
                    Optional<RangesRead> read = good().readRanges(key, ranges, null);
                    if (expected != null
                            && read.isPresent()
                            && !renamed(read.get().info()).version().equals(expected)) {
                        throw new ConflictException(key + " was changed");
                    }
                    return read.map(found -> new RangesRead(renamed(found.info()), found.parts()));
                }

                @Override
                public Optional<ObjectInfo> info(String key) {
                    return good().info(key).map(Renaming.this::renamed);
                }

                @Override
                public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
                    synchronized (names) {
                        if (condition instanceof WriteCondition.IfVersion replacing) {
                            Optional<ObjectInfo> now = good().info(key);
                            if (now.isEmpty() || !renamed(now.get()).version().equals(replacing.expected())) {
                                throw new ConflictException(key + " was changed");
                            }
                            WriteCondition actual =
                                    WriteCondition.ifVersion(now.get().version());
                            return renamed(good().write(key, bytes, actual));
                        }
                        return renamed(good().write(key, bytes, condition));
                    }
                }

                @Override
                public void delete(String key) {
                    good().delete(key);
                    deleted(key);
                }

                @Override
                public ListPage list(String prefix, @Nullable String after, int limit) {
                    ListPage page = good().list(prefix, after, limit);
                    return new ListPage(
                            page.objects().stream().map(Renaming.this::renamed).toList(), page.complete());
                }

                @Override
                public FolderListing listFolder(String prefix) {
                    FolderListing level = good().listFolder(prefix);
                    return new FolderListing(
                            level.objects().stream().map(Renaming.this::renamed).toList(), level.prefixes());
                }
            };
        }
    }

    private static final class Seconds extends Renaming {
        @Override
        String name(String key) {
            return Long.toString(System.currentTimeMillis() / 1000);
        }
    }

    private static final class Restarting extends Renaming {
        private final Map<String, Integer> counts = new ConcurrentHashMap<>();

        @Override
        String name(String key) {
            return key.hashCode() + "-" + counts.merge(key, 1, Integer::sum);
        }

        @Override
        void deleted(String key) {
            counts.remove(key);
        }
    }

    /** Writes only after a delay. */
    private static final class Later extends Passing {
        Later(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            if (condition != WriteCondition.ANY) {
                return good().write(key, bytes, condition);
            }
            good().info(key);
            byte[] copy = bytes.clone();
            Thread writer = new Thread(() -> {
                BrokenReading.pause();
                good().write(key, copy, condition);
            });
            writer.setDaemon(true);
            writer.setUncaughtExceptionHandler((thread, thrown) -> {});
            writer.start();
            return info(key, bytes);
        }
    }
}
