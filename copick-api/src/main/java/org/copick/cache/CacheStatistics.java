package org.copick.cache;

/**
 * What a cache has done so far.
 *
 * @param hits chunks that were there
 * @param loads chunks that were fetched and decoded
 * @param loadedBytes decoded bytes of those
 * @param revalidations chunks whose version was asked for because they were opened anew
 * @param evictions chunks that were dropped for lack of room
 * @param bytes decoded bytes that are kept now
 */
public record CacheStatistics(
        long hits, long loads, long loadedBytes, long revalidations, long evictions, long bytes) {}
