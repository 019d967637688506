package org.copick.cache;

/**
 * What a cache has done so far.
 *
 * @param hits chunks, or parts of them, that were there
 * @param loads those that were fetched and decoded
 * @param loadedBytes decoded bytes of those
 * @param revalidations chunks whose version was asked for because they were opened anew
 * @param evictions what was dropped for lack of room
 * @param bytes what is kept now takes
 */
public record CacheStatistics(
        long hits, long loads, long loadedBytes, long revalidations, long evictions, long bytes) {}
