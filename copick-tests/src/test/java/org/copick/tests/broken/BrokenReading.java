package org.copick.tests.broken;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;

/** Stores that read wrongly, each in its own way. */
final class BrokenReading {
    private BrokenReading() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of("missing objects throw", MissingThrows::new, "aMissingObjectIsAnEmptyResult"),
                BrokenStore.of("errors look like missing", ErrorIsMissing::new, "anInterruptedThreadGetsNothingDone"),
                BrokenStore.of(
                        "empty objects look like missing", EmptyIsMissing::new, "objectsAreReadAsTheyWereWritten"),
                BrokenStore.of("reads end after a million bytes", Truncating::new, "objectsAreReadAsTheyWereWritten"),
                BrokenStore.of("ranges begin one byte late", OffByOne::new, "manySmallRangesOfOneObject"),
                BrokenStore.of("ranges are one byte short", OneShort::new, "rangesAreCutAtTheEnd"),
                BrokenStore.of("ranges past the end fail", PastTheEndFails::new, "rangesAreCutAtTheEnd"),
                BrokenStore.of("ranges come sorted", SortedRanges::new, "manySmallRangesOfOneObject"),
                BrokenStore.of("ranges are of several states", RangeByRange::new, "readersSeeOldOrNewNeverAMixture"),
                BrokenStore.of("an expected version is ignored", AnyVersion::new, "rangesOfAnExpectedVersion"),
                BrokenStore.of("reads are cached for ever", Stale::new, "writesCreateAndReplace"),
                BrokenStore.of("arrays are shared with the caller", SharedArrays::new, "arraysBelongToTheCaller"),
                BrokenStore.of("reading creates an object", ReadingCreates::new, "readingCreatesNothing"),
                BrokenStore.of("keys are not checked", UncheckedKeys::new, "whatIsNoKeyIsRefused"),
                BrokenStore.of("the interrupt flag gets lost", FlagLost::new, "anInterruptedThreadGetsNothingDone"),
                BrokenStore.of("interrupts are ignored", NotInterruptible::new, "interruptingEndsARunningCall"),
                BrokenStore.of("a file stays open after each read", HandleLeak::new, "callsLeaveNothingBehind"));
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

    private static final class OffByOne extends Passing {
        OffByOne(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            List<ByteRange> late = ranges.stream()
                    .map(range -> range.fromEnd() || range.offset() > 1 << 20
                            ? range
                            : ByteRange.of(range.offset() + 1, Math.min(range.length(), 1L << 40)))
                    .toList();
            return good().readRanges(key, late, expected);
        }
    }

    private static final class OneShort extends Passing {
        OneShort(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            return good().readRanges(key, ranges, expected)
                    .map(read -> new RangesRead(
                            read.info(),
                            read.parts().stream()
                                    .map(part -> Arrays.copyOf(part, Math.max(0, part.length - 1)))
                                    .toList()));
        }
    }

    private static final class PastTheEndFails extends Passing {
        PastTheEndFails(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            Optional<RangesRead> read = good().readRanges(key, ranges, expected);
            read.ifPresent(found -> ranges.forEach(range -> {
                if (range.lengthIn(found.info().size()) < range.length()) {
                    throw new NotFoundException(range + " is not in " + key);
                }
            }));
            return read;
        }
    }

    private static final class SortedRanges extends Passing {
        SortedRanges(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            List<ByteRange> sorted = ranges.stream()
                    .sorted(Comparator.comparing(ByteRange::offset))
                    .toList();
            return good().readRanges(key, sorted, expected);
        }
    }

    private static final class RangeByRange extends Passing {
        RangeByRange(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            Optional<RangesRead> all = good().readRanges(key, List.of(), expected);
            List<byte[]> parts = new ArrayList<>();
            for (ByteRange range : all.isEmpty() ? List.<ByteRange>of() : ranges) {
                pause();
                good().readRanges(key, List.of(range), null)
                        .ifPresent(read -> parts.add(read.parts().get(0)));
            }
            return all.map(read -> new RangesRead(read.info(), parts));
        }
    }

    private static final class AnyVersion extends Passing {
        AnyVersion(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
            return good().readRanges(key, ranges, null);
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
        /** Held on to, or the collector would close them. */
        private static final List<FileInputStream> OPEN = new ArrayList<>();

        HandleLeak(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<StoredObject> read(String key) {
            try {
                Path file = Files.createTempFile("copick-leak", "");
                synchronized (OPEN) {
                    OPEN.add(new FileInputStream(file.toFile()));
                }
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return good().read(key);
        }

        /** Ends what the test left. */
        static void release() throws IOException {
            synchronized (OPEN) {
                for (FileInputStream file : OPEN) {
                    file.close();
                }
                OPEN.clear();
            }
        }
    }

    static void release() throws IOException {
        HandleLeak.release();
    }

    static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted");
        }
    }
}
