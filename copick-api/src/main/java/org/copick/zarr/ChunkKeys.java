package org.copick.zarr;

/**
 * The keys of chunks, below the array's own.
 *
 * @param separator what stands between indices
 * @param prefixed whether they begin with {@code c}, as version 3 has it by default
 */
record ChunkKeys(char separator, boolean prefixed) {
    String key(long[] index) {
        if (index.length == 0) {
            return prefixed ? "c" : "0";
        }
        StringBuilder key = new StringBuilder(prefixed ? "c" : "");
        for (long i : index) {
            if (!key.isEmpty()) {
                key.append(separator);
            }
            key.append(i);
        }
        return key.toString();
    }
}
