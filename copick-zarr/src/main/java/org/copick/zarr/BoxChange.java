package org.copick.zarr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.jspecify.annotations.Nullable;

/** Puts new values into encoded boxes: chunks, inner chunks and shards that fit into memory. */
final class BoxChange {
    private final ArrayMetadata metadata;
    private final BoxValues values;

    /**
     * Prepares changes of an array.
     *
     * @throws org.copick.error.UnsupportedFeatureException if a chunk, which is changed as a whole, does not fit into
     *     memory
     */
    BoxChange(ArrayMetadata metadata, BoxValues values) {
        ChunkEncoding layout = metadata.layout();
        if (layout instanceof ChunkEncoding.Plain) {
            ChunkEncoding.requireHeap(layout.bytes(), metadata.location());
        }
        this.metadata = metadata;
        this.values = values;
    }

    /** Returns the part shared by the new values and a box; {@code axes} are the array's axes in stored order. */
    BoxCopy shared(ChunkEncoding layout, long[] origin, int[] axes) {
        return new BoxCopy(part(layout, origin, axes), origin, layout.stored(), axes);
    }

    private Region part(ChunkEncoding layout, long[] origin, int[] axes) {
        long[] lengths = new long[origin.length];
        for (int k = 0; k < lengths.length; k++) {
            lengths[axes[k]] = layout.stored()[k];
        }
        return values.part(origin, lengths);
    }

    /** Returns whether the new values replace everything in a box that lies within the array. */
    boolean coversAll(ChunkEncoding layout, long[] origin, int[] axes) {
        long[] inArray = new long[axes.length];
        for (int k = 0; k < inArray.length; k++) {
            inArray[k] = metadata.shape()[axes[k]] - origin[axes[k]];
        }
        return shared(layout, origin, axes).covers(layout.stored(), inArray);
    }

    /**
     * Returns an encoded box with the new values in it.
     *
     * @param before the stored bytes, or null
     */
    byte[] changed(ChunkEncoding layout, long[] origin, int[] axes, @Nullable Slice before) throws CodecException {
        if (layout instanceof ChunkEncoding.Sharded shard) {
            return changedShard(shard, origin, axes, before);
        }
        byte[] elements = new byte[(int) layout.bytes()];
        if (before == null) {
            fill(elements);
        } else {
            Slice decoded = layout.decode(before, metadata.fill(), length -> elements);
            if (decoded.bytes() != elements) {
                System.arraycopy(decoded.bytes(), decoded.from(), elements, 0, elements.length);
            }
        }
        Region part = part(layout, origin, axes);
        ByteBuffer given = values.elements(part);
        ByteBuffer into = ByteBuffer.wrap(elements).order(layout.order());
        Sink sink = Sink.ofElements(metadata.type(), into);
        new BoxCopy(part, origin, layout.stored(), axes)
                .rows(
                        0,
                        Long.MAX_VALUE,
                        (inBox, boxStep, inRegion, regionStep, n) ->
                                sink.copy(given, inRegion, regionStep, (int) inBox, boxStep, n));
        return layout.packing().encode(elements);
    }

    private byte[] changedShard(ChunkEncoding.Sharded shard, long[] origin, int[] axes, @Nullable Slice before)
            throws CodecException {
        Map<Integer, Slice> parts = new TreeMap<>();
        if (before != null) {
            Slice whole =
                    shard.packing().isEmpty() ? before : shard.packing().decodeAtMost(before, (int) shard.mostBytes());
            ShardIndex index = shard.index().parse(whole);
            for (int i = 0; i < shard.innerCount(); i++) {
                if (!index.isMissing(i)) {
                    parts.put(i, index.part(i, whole));
                }
            }
        }
        int[] innerAxes = innerAxes(shard, axes);
        for (int i = 0; i < shard.innerCount(); i++) {
            long[] begin = innerOrigin(shard, i, origin, axes);
            if (!shared(shard.inner(), begin, innerAxes).isEmpty()) {
                parts.put(i, Slice.of(changed(shard.inner(), begin, innerAxes, parts.get(i))));
            }
        }
        return shard.packing().encode(shard.index().assemble(parts));
    }

    /** Returns, for each stored axis of a shard's inner chunks, the axis of the array. */
    static int[] innerAxes(ChunkEncoding.Sharded shard, int[] axes) {
        return Arrays.stream(shard.inner().axes()).map(k -> axes[k]).toArray();
    }

    /** Returns the start of an inner chunk in the array. */
    static long[] innerOrigin(ChunkEncoding.Sharded shard, int part, long[] origin, int[] axes) {
        int[] inShard = shard.originOf(part);
        long[] begin = origin.clone();
        for (int k = 0; k < inShard.length; k++) {
            begin[axes[k]] += inShard[k];
        }
        return begin;
    }

    private void fill(byte[] elements) {
        byte[] fill = metadata.fill();
        for (byte b : fill) {
            if (b != 0) {
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = fill[i % fill.length];
                }
                return;
            }
        }
    }
}
