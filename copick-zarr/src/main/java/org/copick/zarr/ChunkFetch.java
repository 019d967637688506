package org.copick.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangePlan;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.zarr.ChunkRead.Changed;
import org.copick.zarr.codec.BloscBlocks;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Scratch;
import org.copick.zarr.codec.Slice;

/** The requests made for reading one object. */
final class ChunkFetch {
    /** Bytes of a portion on remote stores: parts are fetched in portions of about this size, several at a time. */
    private static final long PORTION = 16 << 20;
    /** Bytes of a portion on stores with cheap reads: what stays in a processor's cache while it is decoded. */
    private static final long PORTION_NEARBY = 2 << 20;

    private static final Slice NOTHING = Slice.of(new byte[0]);

    private final ObjectStore store;
    private final String key;
    private final ChunkPlan plan;
    private final ArraySource source;

    ChunkFetch(ArraySource source, String key, ChunkPlan plan) {
        this.store = source.store;
        this.key = key;
        this.plan = plan;
        this.source = source;
    }

    /** Facts about an object, and its stored bytes if they were fetched, too. */
    record Found(StoredChunk chunk, Optional<Slice> whole) {}

    /** Reads the whole object. One request. */
    Found whole() throws CodecException {
        long stamp = source.cache.stamp();
        Optional<StoredObject> stored = store.read(key);
        if (stored.isEmpty()) {
            return missing(stamp);
        }
        Slice bytes = Slice.of(stored.get().bytes());
        StoredChunk chunk = new StoredChunk(
                stored.get().info().version(),
                source.decoding,
                plan.blocks(bytes, bytes.length()),
                plan.index(bytes),
                stamp);
        return new Found(chunk, Optional.of(bytes));
    }

    /** Reads the positions of the object's parts. One request, rarely two. */
    Found head() throws CodecException, Changed {
        long stamp = source.cache.stamp();
        Optional<RangesRead> read = store.readRanges(key, List.of(plan.headRange()), null);
        if (read.isEmpty()) {
            return missing(stamp);
        }
        long length = read.get().info().size();
        Version version = read.get().info().version();
        Slice head = Slice.of(read.get().parts().get(0));
        if (plan.isBlosc()) {
            int needed = BloscBlocks.headLength(head, length);
            if (needed > head.length()) {
                head = Slice.of(
                        ranges(List.of(ByteRange.of(0, needed)), version).get(0));
            }
        }
        return new Found(
                new StoredChunk(version, source.decoding, plan.blocks(head, length), plan.index(head, length), stamp),
                Optional.empty());
    }

    private Found missing(long stamp) {
        return new Found(new StoredChunk(null, source.decoding, null, null, stamp), Optional.empty());
    }

    /** The stored bytes of a part. */
    record Packed(int part, Slice bytes) {}

    /** Reads parts of an object that was looked up before. One request for ranges; small gaps are read over. */
    List<Packed> parts(StoredChunk chunk, List<Integer> parts) throws Changed, CodecException {
        return parts(chunk, parts, false);
    }

    /** Reads parts like {@link #parts}, if possible into memory that this thread reuses for its next such call. */
    List<Packed> partsHere(StoredChunk chunk, List<Integer> parts) throws Changed, CodecException {
        return parts(chunk, parts, true);
    }

    private List<Packed> parts(StoredChunk chunk, List<Integer> parts, boolean here) throws Changed, CodecException {
        Version version = Objects.requireNonNull(chunk.version);
        if (plan.range(chunk, parts.get(0)) == null) {
            StoredObject stored = store.read(key).orElseThrow(Changed::new);
            if (!stored.info().version().equals(version)) {
                throw new Changed();
            }
            return List.of(new Packed(0, Slice.of(stored.bytes())));
        }
        List<Placed> placed = placed(chunk, parts);
        List<Slice> bytes = bytes(placed.stream().map(Placed::range).toList(), version, here);
        List<Packed> packed = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            packed.add(new Packed(placed.get(i).part, bytes.get(i)));
        }
        return packed;
    }

    /** Reads ranges of the object with one request; small gaps are read over. */
    private List<Slice> bytes(List<ByteRange> ranges, Version version, boolean here) throws Changed, CodecException {
        RangePlan merged = RangePlan.of(ranges);
        // empty ranges are requested if there are no others, so that a change of the object is noticed
        List<ByteRange> spans = merged.spans().isEmpty() ? ranges : merged.spans();
        List<Slice> fetched = here && spans.size() == 1
                ? List.of(rangeHere(spans.get(0), version))
                : ranges(spans, version).stream().map(Slice::of).toList();
        List<Slice> bytes = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            int span = merged.spanOf(i);
            bytes.add(
                    span < 0
                            ? NOTHING
                            : cut(
                                    fetched.get(span),
                                    merged.offsetInSpan(i),
                                    ranges.get(i).length()));
        }
        return bytes;
    }

    /** Reads the beginning of an inner chunk with its block table. One request. */
    Slice blockTable(StoredChunk chunk, int part) throws Changed {
        Version version = Objects.requireNonNull(chunk.version);
        return Slice.of(ranges(List.of(plan.blockTable(chunk, part)), version).get(0));
    }

    /** Reads blocks of an inner chunk. One request for ranges; small gaps are read over. */
    List<Slice> blocks(StoredChunk chunk, int part, InnerBlocks inner, int[] wanted) throws Changed, CodecException {
        Version version = Objects.requireNonNull(chunk.version);
        long begin = Objects.requireNonNull(plan.range(chunk, part)).offset();
        List<ByteRange> asked = Arrays.stream(wanted)
                .mapToObj(inner::range)
                .map(range -> ByteRange.of(begin + range.offset(), range.length()))
                .toList();
        return bytes(asked, version, false);
    }

    private static Slice cut(Slice span, long from, long length) throws CodecException {
        if (from + length > span.length()) {
            throw new CodecException("it is truncated");
        }
        return span.part((int) from, (int) length);
    }

    /** Returns the parts in stored order, cut into portions to be fetched one by one. */
    List<List<Integer>> portions(StoredChunk chunk, List<Integer> parts) {
        if (parts.isEmpty() || plan.range(chunk, parts.get(0)) == null) {
            return parts.isEmpty() ? List.of() : List.of(parts);
        }
        List<List<Integer>> portions = new ArrayList<>();
        long size = 0;
        for (Placed part : placed(chunk, parts)) {
            if (portions.isEmpty() || size + part.range.length() > (source.nearby ? PORTION_NEARBY : PORTION)) {
                portions.add(new ArrayList<>());
                size = 0;
            }
            portions.get(portions.size() - 1).add(part.part);
            size += part.range.length();
        }
        return portions;
    }

    private record Placed(int part, ByteRange range) {}

    private List<Placed> placed(StoredChunk chunk, List<Integer> parts) {
        List<Placed> placed = new ArrayList<>();
        for (int part : parts) {
            placed.add(new Placed(part, Objects.requireNonNull(plan.range(chunk, part))));
        }
        placed.sort(Comparator.comparingLong(part -> part.range.offset()));
        return placed;
    }

    private Slice rangeHere(ByteRange range, Version version) throws Changed, CodecException {
        if (range.length() > Integer.MAX_VALUE - 16) {
            throw new CodecException("a part of " + range.length() + " bytes");
        }
        try {
            byte[] into = Scratch.PACKED.ofLength((int) range.length());
            ObjectInfo info = store.readInto(key, range, version, into).orElseThrow(Changed::new);
            return new Slice(into, 0, (int) range.lengthIn(info.size()));
        } catch (ConflictException e) {
            throw new Changed();
        }
    }

    private List<byte[]> ranges(List<ByteRange> ranges, Version version) throws Changed {
        try {
            return store.readRanges(key, ranges, version)
                    .orElseThrow(Changed::new)
                    .parts();
        } catch (ConflictException e) {
            throw new Changed();
        }
    }
}
