package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of an array say, checked.
 *
 * @param location where the array is, for messages
 * @param zarrFormat 2 or 3
 * @param shape elements along each axis
 * @param type the type of elements
 * @param numpyType numpy's code for it, with the byte order that version 2 gives
 * @param order how version 2 orders elements within a chunk, {@code C} or {@code F}
 * @param fill one element of chunks that are not stored, in the layout's byte order
 * @param fillValue the same as a value, null when the metadata give none
 * @param keys the keys of chunks
 * @param layout how a stored object lies in bytes
 * @param shardedOnly whether stored objects are shards and nothing else was done to them, which is what zarr-python calls
 *     shards
 * @param dimensionNames the names of axes, where version 3 gives them
 * @param attributes the user's attributes, where they are part of the metadata
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
        ChunkLayout layout,
        boolean shardedOnly,
        Optional<List<Optional<String>>> dimensionNames,
        Optional<ObjectNode> attributes) {}
