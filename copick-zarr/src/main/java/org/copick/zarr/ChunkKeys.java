package org.copick.zarr;

import java.util.stream.IntStream;

/**
 * The keys of chunks, below the array's own.
 *
 * @param separator what stands between indices
 * @param prefixed whether they begin with {@code c}, as version 3 has it by default
 * @param places the axis that each index of a key is of
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record ChunkKeys(char separator, boolean prefixed, int[] places) {
    /** Keys whose indices are in the order of the axes. */
    static ChunkKeys inOrder(char separator, boolean prefixed, int rank) {
        return new ChunkKeys(separator, prefixed, IntStream.range(0, rank).toArray());
    }

    String key(long[] index) {
        if (index.length == 0) {
            return prefixed ? "c" : "0";
        }
        StringBuilder key = new StringBuilder(prefixed ? "c" : "");
        for (int place : places) {
            if (!key.isEmpty()) {
                key.append(separator);
            }
            key.append(index[place]);
        }
        return key.toString();
    }
}
