package org.copick.tests.broken;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.StoreCall;

/** Stores with one defect each in reading. */
final class BrokenReading {
    private BrokenReading() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of(
                                "missing objects throw",
                                MissingThrows::new,
                                "aMissingObjectIsAnEmptyResult",
                                "deletes",
                                "keysThatDifferInCaseAreDifferent",
                                "readingCreatesNothing",
                                "replaceIfVersion",
                                "storesSeeEachOther")
                        .alsoRandom("copies", "copiesOfAnotherVersion"),
                BrokenStore.of(
                        "errors look like missing",
                        ErrorIsMissing::new,
                        "anInterruptedThreadGetsNothingDone",
                        "interruptingEndsARunningCall"),
                BrokenStore.of(
                                "empty objects look like missing",
                                EmptyIsMissing::new,
                                "objectsAreReadAsTheyWereWritten",
                                "objectsOfAnySizeAreWritten",
                                "writesCreateAndReplace")
                        .alsoRandom("copies", "copiesOfAnotherVersion"),
                BrokenStore.of(
                        "reads end after a million bytes",
                        Truncating::new,
                        "objectsAreReadAsTheyWereWritten",
                        "objectsOfAnySizeAreWritten",
                        "interruptingEndsARunningCall",
                        "readersSeeOldOrNewNeverAMixture"),
                BrokenStore.of(
                                "reads are cached for ever",
                                Stale::new,
                                "writesCreateAndReplace",
                                "storesSeeEachOther",
                                "createIfAbsent",
                                "objectsOfAnySizeAreWritten",
                                "countingByVersionLosesNothing")
                        .alsoRandom(
                                "copies",
                                "copiesOfAnotherVersion",
                                "replacingHasOneWinner",
                                "readersSeeOldOrNewNeverAMixture"),
                BrokenStore.of("arrays are shared with the caller", SharedArrays::new, "arraysBelongToTheCaller"),
                BrokenStore.of(
                                "reading creates an object",
                                ReadingCreates::new,
                                "readingCreatesNothing",
                                "deletes",
                                "deletingAndWritingInOnePlaceAtOnce")
                        .alsoRandom(),
                BrokenStore.of("keys are not checked", UncheckedKeys::new, "whatIsNoKeyIsRefused"),
                BrokenStore.of(
                        "the interrupt flag gets lost",
                        FlagLost::new,
                        "anInterruptedThreadGetsNothingDone",
                        "interruptingEndsARunningCall"),
                BrokenStore.of(
                        "interrupts are ignored",
                        NotInterruptible::new,
                        "interruptingEndsARunningCall",
                        "anInterruptedThreadGetsNothingDone"),
                BrokenStore.of(
                        "a file stays open for each read until the store is closed",
                        HandleLeak::new,
                        "callsLeaveNothingBehind"));
    }

    private static final class MissingThrows extends Passing {
        MissingThrows(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            return Optional.of(good().read(key).orElseThrow(() -> new NotFoundException("no object " + key)));
        }
    }

    private static final class ErrorIsMissing extends Passing {
        ErrorIsMissing(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            try {
                return good().read(key);
            } catch (OperationInterruptedException e) {
                return Optional.empty();
            }
        }
    }

    private static final class EmptyIsMissing extends Passing {
        EmptyIsMissing(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            return good().read(key).filter(read -> read.bytes().length > 0);
        }
    }

    private static final class Truncating extends Passing {
        Truncating(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            return good().read(key)
                    .map(read -> new StoredObject(
                            read.info(), Arrays.copyOf(read.bytes(), Math.min(1_000_000, read.bytes().length))));
        }
    }

    private static final class Stale extends Passing {
        private final Map<String, StoredObject> cache = new ConcurrentHashMap<>();

        Stale(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            Optional<StoredObject> now = good().read(key);
            return now.map(read -> {
                StoredObject kept = cache.computeIfAbsent(key, k -> read);
                return new StoredObject(kept.info(), kept.bytes().clone());
            });
        }
    }

    private static final class SharedArrays extends Passing {
        private final Map<Version, StoredObject> cache = new ConcurrentHashMap<>();

        SharedArrays(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            return good().read(key)
                    .map(read -> cache.computeIfAbsent(read.info().version(), version -> read));
        }
    }

    private static final class ReadingCreates extends Passing {
        ReadingCreates(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<ObjectInfo> info(String key) {
            Optional<ObjectInfo> found = good().info(key);
            if (found.isEmpty()) {
                good().write(".seen/" + key, new byte[0], WriteCondition.ANY);
            }
            return found;
        }
    }

    private static final class UncheckedKeys extends Passing {
        UncheckedKeys(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            try {
                return good().read(key);
            } catch (InvalidNameException e) {
                return Optional.empty();
            }
        }
    }

    private static final class FlagLost extends Passing {
        FlagLost(ObjectStore store) {
            super(store);
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            try {
                return operation.get();
            } catch (OperationInterruptedException e) {
                Thread.interrupted();
                throw e;
            }
        }
    }

    private static final class NotInterruptible extends Passing {
        NotInterruptible(ObjectStore store) {
            super(store);
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            boolean interrupted = Thread.interrupted();
            try {
                return operation.get();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static final class HandleLeak extends Passing {
        /** Open streams, referenced so that the garbage collector does not close them. */
        private final List<FileInputStream> open = new ArrayList<>();

        HandleLeak(ObjectStore store) {
            super(store);
        }

        @Override
        public synchronized Optional<StoredObject> read(String key) {
            try {
                Path file = Files.createTempFile("copick-leak", "");
                open.add(new FileInputStream(file.toFile()));
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return good().read(key);
        }

        @Override
        public synchronized void close() {
            good().close();
            try {
                for (FileInputStream file : open) {
                    file.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static void pause() {
        pause(1);
    }

    static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted");
        }
    }
}
