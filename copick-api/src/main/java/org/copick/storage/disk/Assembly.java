package org.copick.storage.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.copick.storage.ByteRange;
import org.copick.storage.disk.Cover.Stretch;
import org.jspecify.annotations.Nullable;

/** Ranges of one version of an object, put together from what is kept and what is then fetched. */
final class Assembly {
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final long size;
    private final List<byte[]> parts = new ArrayList<>();
    private final Map<ByteRange, List<Place>> missing = new LinkedHashMap<>();
    private long bytesFromDisk;

    private Assembly(long size) {
        this.size = size;
    }

    /** Where the bytes of a gap go. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(byte[] part, int at) {}

    /** Whether one of the versions of which these are the pieces has some bytes of the ranges, and lacks none. */
    static boolean isPossible(List<Piece> pieces, List<ByteRange> ranges) {
        return pieces.stream()
                .map(piece -> ofSameState(pieces, piece))
                .distinct()
                .anyMatch(same -> {
                    long size = same.get(0).size();
                    return fitArrays(ranges, size)
                            && ranges.stream().anyMatch(range -> range.lengthIn(size) > 0)
                            && ranges.stream()
                                    .allMatch(range -> cover(range, size, same).isWhole());
                });
    }

    /** Reads from disk what there is of the ranges; null where there is nothing. */
    static @Nullable Assembly fromDisk(ObjectFolder kept, Mark version, List<ByteRange> ranges) {
        List<Piece> pieces = new ArrayList<>(kept.pieces());
        pieces.removeIf(piece -> !piece.version().equals(version.shortHex()));
        while (!pieces.isEmpty() && !Thread.currentThread().isInterrupted()) {
            List<Piece> same = ofSameState(pieces, pieces.get(0));
            Assembly assembly = new Assembly(same.get(0).size());
            if (!fitArrays(ranges, assembly.size)) {
                return null;
            }
            Piece damaged = assembly.read(kept, version, ranges, same);
            if (damaged == null) {
                return assembly.bytesFromDisk == 0 ? null : assembly;
            }
            pieces.remove(damaged);
        }
        return null;
    }

    /** Gives the piece that could not be read, or null where all could. */
    private @Nullable Piece read(ObjectFolder kept, Mark version, List<ByteRange> ranges, List<Piece> pieces) {
        for (ByteRange range : ranges) {
            byte[] part = new byte[(int) range.lengthIn(size)];
            parts.add(part);
            long start = range.startIn(size);
            for (Stretch stretch : cover(range, size, pieces).stretches()) {
                int at = (int) (stretch.from() - start);
                Piece piece = stretch.piece();
                if (piece == null) {
                    missing.computeIfAbsent(ByteRange.of(stretch.from(), stretch.length()), gap -> new ArrayList<>())
                            .add(new Place(part, at));
                } else if (kept.read(piece, version, stretch.from(), stretch.length(), part, at)) {
                    bytesFromDisk += stretch.length();
                } else {
                    return piece;
                }
            }
        }
        return null;
    }

    private static Cover cover(ByteRange range, long size, List<Piece> pieces) {
        long start = range.startIn(size);
        return Cover.of(start, start + range.lengthIn(size), pieces);
    }

    private static List<Piece> ofSameState(List<Piece> pieces, Piece as) {
        return pieces.stream()
                .filter(piece -> piece.version().equals(as.version()) && piece.size() == as.size())
                .toList();
    }

    private static boolean fitArrays(List<ByteRange> ranges, long size) {
        return ranges.stream().allMatch(range -> range.lengthIn(size) <= LARGEST_ARRAY);
    }

    /** How many bytes the object has. */
    long size() {
        return size;
    }

    long bytesFromDisk() {
        return bytesFromDisk;
    }

    /** What is still to be fetched. */
    List<ByteRange> missing() {
        return List.copyOf(missing.keySet());
    }

    /** Puts in what was missing, one array for each gap, as long as that. */
    void fill(List<byte[]> fetched) {
        int i = 0;
        for (List<Place> places : missing.values()) {
            byte[] bytes = fetched.get(i++);
            places.forEach(place -> System.arraycopy(bytes, 0, place.part, place.at, bytes.length));
        }
        missing.clear();
    }

    /** The ranges that were asked for. */
    List<byte[]> parts() {
        return parts;
    }
}
