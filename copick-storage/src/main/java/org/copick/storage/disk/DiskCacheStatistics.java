package org.copick.storage.disk;

/**
 * What a disk cache has done so far, in this process.
 *
 * @param hits reads that were answered from disk, with no content fetched
 * @param misses reads for which content was fetched, some of it at least
 * @param bytesFromDisk content that came from disk
 * @param bytesFetched content that came from the remote stores
 */
public record DiskCacheStatistics(long hits, long misses, long bytesFromDisk, long bytesFetched) {}
