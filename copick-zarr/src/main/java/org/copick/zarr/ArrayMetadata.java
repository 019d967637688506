package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The validated metadata of an array.
 *
 * @param location the location of the array, for messages
 * @param zarrFormat 2 or 3
 * @param shape the number of elements along each axis
 * @param type the type of elements
 * @param numpyType numpy's code for the type, with the byte order given by version 2
 * @param order version 2's order of elements within a chunk, {@code C} or {@code F}
 * @param fill one element of a chunk that is not stored, in the byte order of the chunk encoding
 * @param fillValue that element as a value; null if the metadata give none
 * @param keys the keys of chunks
 * @param layout the encoding of stored objects as bytes
 * @param shardedOnly whether stored objects are shards without further codecs, which zarr-python calls shards
 * @param dimensionNames the names of axes, if given by version 3
 * @param attributes the user's attributes, if they are part of the metadata
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record ArrayMetadata(
        String location,
        int zarrFormat,
        long[] shape,
        DataType type,
        String numpyType,
        char order,
        byte[] fill,
        @Nullable Object fillValue,
        ChunkKeys keys,
        ChunkEncoding layout,
        boolean shardedOnly,
        Optional<List<Optional<String>>> dimensionNames,
        Optional<ObjectNode> attributes) {
    /**
     * Returns the metadata of this array with its axes in another order. Stored bytes stay as they are; only the
     * position of each axis in chunks and in keys changes.
     *
     * @param order for each axis of the result, the axis of this array; each axis occurs once
     */
    ArrayMetadata withAxes(int[] order) {
        int[] places = new int[order.length];
        long[] changed = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
            changed[i] = shape[order[i]];
        }
        return new ArrayMetadata(
                location,
                zarrFormat,
                changed,
                type,
                numpyType,
                this.order,
                fill,
                fillValue,
                new ChunkKeys(keys.separator(), keys.prefixed(), placed(keys.places(), places)),
                layout instanceof ChunkEncoding.Sharded shard
                        ? new ChunkEncoding.Sharded(
                                shard.stored(),
                                placed(shard.axes(), places),
                                shard.packing(),
                                shard.inner(),
                                shard.innerShape(),
                                shard.index())
                        : new ChunkEncoding.Plain(
                                layout.stored(),
                                placed(layout.axes(), places),
                                layout.packing(),
                                layout.order(),
                                type.bytes()),
                shardedOnly,
                dimensionNames.map(
                        names -> Arrays.stream(order).mapToObj(names::get).toList()),
                attributes);
    }

    private static int[] placed(int[] axes, int[] places) {
        return Arrays.stream(axes).map(axis -> places[axis]).toArray();
    }
}
