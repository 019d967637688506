package org.copick.storage.disk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.copick.storage.ByteRange;
import org.copick.storage.disk.RangeCover.Segment;
import org.jspecify.annotations.Nullable;

/** Assembles ranges of one version of an object from cached pieces and fetched bytes. */
final class RangeAssembly {
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final long size;
    private final List<byte[]> parts = new ArrayList<>();
    private final Map<ByteRange, List<Place>> missing = new LinkedHashMap<>();
    private long bytesFromDisk;

    private RangeAssembly(long size) {
        this.size = size;
    }

    /** The array, and the index in it, to copy fetched bytes to. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(byte[] part, int at) {}

    /** Returns whether the pieces of one version cover all ranges, which must hold at least one byte. */
    static boolean isPossible(List<Piece> pieces, List<ByteRange> ranges) {
        return pieces.stream().collect(Collectors.groupingBy(RangeAssembly::state)).values().stream()
                .anyMatch(same -> {
                    long size = same.get(0).size();
                    List<Piece> ordered = ordered(same);
                    return fitArrays(ranges, size)
                            && ranges.stream().anyMatch(range -> range.lengthIn(size) > 0)
                            && ranges.stream()
                                    .allMatch(
                                            range -> cover(range, size, ordered).isWhole());
                });
    }

    /** Reads the cached bytes of the ranges from disk; returns null if there are none. */
    static @Nullable RangeAssembly fromDisk(ObjectFolder kept, HashedName version, List<ByteRange> ranges) {
        List<Piece> pieces = kept.pieces().stream()
                .filter(piece -> piece.version().equals(version.shortHex()))
                .toList();
        // all pieces of a version state the same object size, unless files were renamed
        for (List<Piece> same :
                pieces.stream().collect(Collectors.groupingBy(Piece::size)).values()) {
            RangeAssembly assembly = new RangeAssembly(same.get(0).size());
            if (fitArrays(ranges, assembly.size)) {
                assembly.read(kept, version, ranges, ordered(same));
                if (assembly.bytesFromDisk > 0) {
                    return assembly;
                }
            }
        }
        return null;
    }

    private void read(ObjectFolder kept, HashedName version, List<ByteRange> ranges, List<Piece> pieces) {
        for (ByteRange range : ranges) {
            byte[] part = new byte[(int) range.lengthIn(size)];
            parts.add(part);
            long start = range.startIn(size);
            Deque<Segment> open = new ArrayDeque<>(cover(range, size, pieces).segments());
            while (!open.isEmpty()) {
                Segment segment = open.pop();
                int at = (int) (segment.from() - start);
                Piece piece = segment.piece();
                if (piece == null) {
                    missing.computeIfAbsent(ByteRange.of(segment.from(), segment.length()), gap -> new ArrayList<>())
                            .add(new Place(part, at));
                } else if (kept.read(piece, version, segment.from(), segment.length(), part, at)) {
                    bytesFromDisk += segment.length();
                } else {
                    pieces.remove(piece);
                    RangeCover.of(segment.from(), segment.to(), pieces)
                            .segments()
                            .forEach(open::push);
                }
            }
        }
    }

    private static RangeCover cover(ByteRange range, long size, List<Piece> pieces) {
        long start = range.startIn(size);
        return RangeCover.of(start, start + range.lengthIn(size), pieces);
    }

    private static String state(Piece piece) {
        return piece.version() + "-" + piece.size();
    }

    private static List<Piece> ordered(List<Piece> pieces) {
        List<Piece> ordered = new ArrayList<>(pieces);
        ordered.sort(Comparator.comparingLong(Piece::offset));
        return ordered;
    }

    private static boolean fitArrays(List<ByteRange> ranges, long size) {
        return ranges.stream().allMatch(range -> range.lengthIn(size) <= LARGEST_ARRAY);
    }

    /** Returns the object's size in bytes. */
    long size() {
        return size;
    }

    long bytesFromDisk() {
        return bytesFromDisk;
    }

    /** Returns the ranges that must still be fetched. */
    List<ByteRange> missing() {
        return List.copyOf(missing.keySet());
    }

    /**
     * Copies fetched bytes into the parts: one array per range of {@link #missing}, in that order and of that length.
     */
    void fill(List<byte[]> fetched) {
        int i = 0;
        for (List<Place> places : missing.values()) {
            byte[] bytes = fetched.get(i++);
            places.forEach(place -> System.arraycopy(bytes, 0, place.part, place.at, bytes.length));
        }
        missing.clear();
    }

    /** Returns the contents of the requested ranges. */
    List<byte[]> parts() {
        return parts;
    }
}
