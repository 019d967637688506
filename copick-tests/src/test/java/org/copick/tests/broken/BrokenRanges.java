package org.copick.tests.broken;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.copick.error.NotFoundException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Stores with one defect each in reading ranges. */
final class BrokenRanges {
    private BrokenRanges() {}

    static List<BrokenStore> all() {
        return List.of(
                BrokenStore.of(
                                "ranges begin one byte late",
                                OffByOne::new,
                                "manySmallRangesOfOneObject",
                                "rangesAreCutAtTheEnd",
                                "arraysBelongToTheCaller",
                                "storesSeeEachOther")
                        .alsoRandom(),
                BrokenStore.of(
                                "ranges are one byte short",
                                OneShort::new,
                                "rangesAreCutAtTheEnd",
                                "manySmallRangesOfOneObject",
                                "arraysBelongToTheCaller",
                                "storesSeeEachOther")
                        .alsoRandom(),
                BrokenStore.of(
                                "ranges past the end fail",
                                PastTheEndFails::new,
                                "rangesAreCutAtTheEnd",
                                "storesSeeEachOther")
                        .alsoRandom(),
                BrokenStore.of(
                                "ranges are returned sorted",
                                SortedRanges::new,
                                "manySmallRangesOfOneObject",
                                "rangesAreCutAtTheEnd")
                        .alsoRandom(),
                BrokenStore.of(
                        "ranges come from several versions", RangeByRange::new, "readersSeeOldOrNewNeverAMixture"),
                BrokenStore.of("an expected version is ignored", AnyVersion::new, "rangesOfAnExpectedVersion"));
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
                BrokenReading.pause();
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
}
