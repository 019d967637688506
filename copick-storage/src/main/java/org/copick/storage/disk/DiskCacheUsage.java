package org.copick.storage.disk;

/**
 * Files of a disk cache.
 *
 * @param files the number of files
 * @param bytes their total size in bytes, each rounded up to 4096
 */
public record DiskCacheUsage(long files, long bytes) {}
