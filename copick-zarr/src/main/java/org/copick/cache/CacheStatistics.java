package org.copick.cache;

/**
 * Statistics of a {@link ChunkCache}.
 *
 * @param hits the number of chunks, or parts of them, found in the cache
 * @param loads the number of chunks, or parts of them, fetched and decoded
 * @param loadedBytes the decoded bytes of these loads
 * @param revalidations the number of version checks, made for chunks that were cached before their array was opened
 * @param evictions the number of entries dropped for lack of room
 * @param bytes the present size of all entries
 */
public record CacheStatistics(
        long hits, long loads, long loadedBytes, long revalidations, long evictions, long bytes) {}
