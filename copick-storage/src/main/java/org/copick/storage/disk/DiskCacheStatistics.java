package org.copick.storage.disk;

/**
 * Counters of a disk cache in this process.
 *
 * @param hits reads served from disk without fetching content
 * @param misses reads that fetched at least some content
 * @param bytesFromDisk content bytes read from disk
 * @param bytesFetched content bytes fetched from the remote stores
 */
public record DiskCacheStatistics(long hits, long misses, long bytesFromDisk, long bytesFetched) {}
