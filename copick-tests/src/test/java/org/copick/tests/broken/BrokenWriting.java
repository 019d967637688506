package org.copick.tests.broken;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.error.ConflictException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** Stores with one defect each in writing. */
final class BrokenWriting {
    /** The tests that change something, which a store without WRITE must refuse. */
    static final String[] CHANGING = {
        "aClosedStoreRefusesEverything",
        "closedAndInterruptedNothingIsReplaced",
        "copies",
        "copiesOfAnotherVersion",
        "countingByVersionLosesNothing",
        "createIfAbsent",
        "creatingHasOneWinner",
        "deletes",
        "deletesOfAPrefix",
        "deletesOfSeveral",
        "deletingAndWritingInOnePlaceAtOnce",
        "keysAreFlatOrFolders",
        "listingsSurviveDeletionsBetweenPages",
        "objectsOfAnySizeAreWritten",
        "prefixesOfUnusualCharacters",
        "quickReplacementsHaveDifferentVersions",
        "randomOperationsMatchASortedMap",
        "rangesAreCutAtTheEnd",
        "rangesOfAnExpectedVersion",
        "readersSeeOldOrNewNeverAMixture",
        "replaceIfVersion",
        "replacesAPrefixAtOnce",
        "replacingHasOneWinner",
        "storesSeeEachOther",
        "whatIsNoKeyIsRefused",
        "writesCreateAndReplace",
        "writingWhileThePrefixIsDeleted"
    };

    private BrokenWriting() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of(
                                "every third write is lost",
                                LostWrite::new,
                                "writesCreateAndReplace",
                                "storesSeeEachOther",
                                "objectsOfAnySizeAreWritten",
                                "quickReplacementsHaveDifferentVersions",
                                "deletingAndWritingInOnePlaceAtOnce")
                        .alsoRandom(
                                "copies",
                                "copiesOfAnotherVersion",
                                "aPrefixHoldsSomethingWhileItIsListed",
                                "levelsAreLikeFolders",
                                "listingsAreCompleteAndInCodePointOrder",
                                "listingsBeginAfterAnyText",
                                "listingsSurviveDeletionsBetweenPages",
                                "longListingsAreComplete",
                                "unusualKeysWorkEverywhere"),
                BrokenStore.of("readers see incomplete objects", HalfFirst::new, "readersSeeOldOrNewNeverAMixture"),
                BrokenStore.of(
                        "a replaced object is missing for a moment", GoneFirst::new, "readersSeeOldOrNewNeverAMixture"),
                BrokenStore.of(
                        "writes return another size than info",
                        WrongInfo::new,
                        "writesCreateAndReplace",
                        "createIfAbsent",
                        "replaceIfVersion",
                        "objectsOfAnySizeAreWritten"),
                BrokenStore.of("IF_ABSENT overwrites", AlwaysAbsent::new, "createIfAbsent", "creatingHasOneWinner")
                        .alsoRandom(),
                BrokenStore.of("IF_ABSENT checks, then writes", LookThenCreate::new, "creatingHasOneWinner"),
                BrokenStore.of(
                                "IfVersion always succeeds",
                                AlwaysExpected::new,
                                "replaceIfVersion",
                                "replacingHasOneWinner")
                        .alsoRandom("countingByVersionLosesNothing"),
                BrokenStore.of("IfVersion checks, then writes", LookThenReplace::new, "replacingHasOneWinner")
                        .also("countingByVersionLosesNothing"),
                BrokenStore.of(
                                "versions are sizes",
                                SizeAsVersion::new,
                                "quickReplacementsHaveDifferentVersions",
                                "rangesOfAnExpectedVersion",
                                "replaceIfVersion")
                        .also(
                                "copies",
                                "copiesOfAnotherVersion",
                                "listingsTellWhatInfoTells",
                                "manySmallRangesOfOneObject",
                                "rangesAreCutAtTheEnd",
                                "replacingHasOneWinner",
                                "countingByVersionLosesNothing",
                                "storesSeeEachOther",
                                "versionsStayWhileTheObjectDoes"),
                BrokenStore.of(
                        "an undeclared capability works",
                        Undeclared::new,
                        "createIfAbsent",
                        "creatingHasOneWinner",
                        "replaceIfVersion",
                        "replacingHasOneWinner",
                        "countingByVersionLosesNothing"),
                BrokenStore.of("a read-only store ignores writes", Swallowing::new, "aReadOnlyStoreRefusesChanges")
                        .also(CHANGING),
                BrokenStore.of("capabilities change", Fickle::new, "locationAndCapabilitiesStay")
                        .also("replaceIfVersion", "replacingHasOneWinner", "countingByVersionLosesNothing"),
                BrokenStore.of("closing does nothing", NeverClosed::new, "aClosedStoreRefusesEverything"),
                BrokenStore.of("each store leaks a thread", ThreadLeak::new, "aClosedStoreHoldsNothing"),
                BrokenStore.of("the location ends with a slash", Slash::new, "theLocationIsOnePersonsText"));
    }

    private static final class LostWrite extends Passing {
        private final AtomicInteger writes = new AtomicInteger();

        LostWrite(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            return writes.incrementAndGet() % 3 == 0 && condition == WriteCondition.ANY
                    ? info(Keys.checked(key), bytes)
                    : good().write(key, bytes, condition);
        }
    }

    private static final class HalfFirst extends Passing {
        HalfFirst(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            if (bytes.length > 1000 && condition == WriteCondition.ANY) {
                byte[] half = Arrays.copyOf(bytes, bytes.length);
                Arrays.fill(half, bytes.length / 2, bytes.length, (byte) '?');
                good().write(key, half, condition);
                BrokenReading.pause();
            }
            return good().write(key, bytes, condition);
        }
    }

    private static final class GoneFirst extends Passing {
        GoneFirst(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            if (condition == WriteCondition.ANY) {
                good().delete(key);
                BrokenReading.pause();
            }
            return good().write(key, bytes, condition);
        }
    }

    private static final class WrongInfo extends Passing {
        WrongInfo(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            ObjectInfo written = good().write(key, bytes, condition);
            return new ObjectInfo(key, 0, written.version());
        }
    }

    private static final class AlwaysAbsent extends Passing {
        AlwaysAbsent(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            return good().write(key, bytes, condition == WriteCondition.IF_ABSENT ? WriteCondition.ANY : condition);
        }
    }

    private static final class LookThenCreate extends Passing {
        LookThenCreate(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            if (condition == WriteCondition.IF_ABSENT && good().info(key).isEmpty()) {
                BrokenReading.pause(20);
                return good().write(key, bytes, WriteCondition.ANY);
            }
            return good().write(key, bytes, condition);
        }
    }

    private static final class AlwaysExpected extends Passing {
        AlwaysExpected(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            return good().write(
                            key, bytes, condition instanceof WriteCondition.IfVersion ? WriteCondition.ANY : condition);
        }
    }

    private static final class LookThenReplace extends Passing {
        LookThenReplace(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            if (condition instanceof WriteCondition.IfVersion replacing) {
                Optional<ObjectInfo> now = good().info(key);
                if (now.isPresent() && now.get().version().equals(replacing.expected())) {
                    BrokenReading.pause(20);
                    return good().write(key, bytes, WriteCondition.ANY);
                }
            }
            return good().write(key, bytes, condition);
        }
    }

    private static final class SizeAsVersion extends Passing {
        SizeAsVersion(ObjectStore store) {
            super(store);
        }

        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            if (condition instanceof WriteCondition.IfVersion replacing) {
                Optional<ObjectInfo> now = info(key);
                if (now.isEmpty() || !now.get().version().equals(replacing.expected())) {
                    throw new ConflictException(key + " has another size");
                }
                return sized(good().write(key, bytes, WriteCondition.ANY));
            }
            return sized(good().write(key, bytes, condition));
        }

        @Override
        public Optional<ObjectInfo> info(String key) {
            return good().info(key).map(SizeAsVersion::sized);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            return good().read(key).map(read -> new StoredObject(sized(read.info()), read.bytes()));
        }

        private static ObjectInfo sized(ObjectInfo info) {
            return new ObjectInfo(info.key(), info.size(), new Version(Long.toString(info.size())));
        }
    }

    private static final class Undeclared extends Passing {
        Undeclared(ObjectStore store) {
            super(store);
        }

        @Override
        public Set<StoreCapability> capabilities() {
            return Set.of(StoreCapability.WRITE);
        }
    }

    private static final class Swallowing extends Passing {
        private static final Map<String, Boolean> FILLED = new ConcurrentHashMap<>();

        Swallowing(ObjectStore store) {
            super(store);
        }

        @Override
        public Set<StoreCapability> capabilities() {
            return Set.of();
        }

        /**
         * Lets only the first write of each key pass: the kit fills the place with it, and every later write is a
         * change.
         */
        @Override
        public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
            boolean first = FILLED.putIfAbsent(location() + " " + key, true) == null;
            return first ? good().write(key, bytes, condition) : info(Keys.checked(key), bytes);
        }

        @Override
        public void delete(String key) {
            Keys.checked(key);
        }
    }

    private static final class Fickle extends Passing {
        private final AtomicInteger asked = new AtomicInteger();

        Fickle(ObjectStore store) {
            super(store);
        }

        @Override
        public Set<StoreCapability> capabilities() {
            Set<StoreCapability> capabilities = new HashSet<>(good().capabilities());
            if (asked.incrementAndGet() % 2 == 0) {
                capabilities.remove(StoreCapability.REPLACE_IF_VERSION);
            }
            return capabilities;
        }
    }

    private static final class NeverClosed extends Passing {
        NeverClosed(ObjectStore store) {
            super(store);
        }

        @Override
        public void close() {}
    }

    private static final class ThreadLeak extends Passing {
        ThreadLeak(ObjectStore store) {
            super(store);
            Thread thread = new Thread(() -> {
                try {
                    // if threads of earlier tests ended, that would hide those that a later test counts
                    Thread.sleep(Long.MAX_VALUE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static final class Slash extends Passing {
        Slash(ObjectStore store) {
            super(store);
        }

        @Override
        public String location() {
            return good().location() + "/";
        }
    }
}
