package org.copick.zarr;

import java.util.stream.IntStream;

/**
 * The keys of chunks below the array's own key.
 *
 * @param separator the character between indices
 * @param prefixed whether keys begin with {@code c}, the default of version 3
 * @param places for each index of a key, its axis
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, never compared
record ChunkKeys(char separator, boolean prefixed, int[] places) {
    /** Returns keys whose indices are in the order of the axes. */
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
