/**
 * A cache of remote objects on the local disk, shared by successive processes.
 *
 * <p>A {@link org.copick.storage.disk.DiskCache} wraps stores. It caches byte ranges of objects as they were read, and
 * knows nothing of their format. Projects use one if their configuration or context names a folder. A program that
 * opens stores itself wraps them:
 *
 * <pre>{@code
 * DiskCache cache = DiskCache.in(Path.of("/scratch/copick-cache"), 50L << 30); // folder, bytes
 * try (ObjectStore remote = cache.over(StorageProviders.open("s3://bucket/folder", Map.of("anon", true)))) {
 *     remote.readRanges("data", List.of(ByteRange.of(0, 1 << 20)), null);
 * }
 * System.out.println(cache.statistics().bytesFromDisk() + " bytes from disk");
 * }</pre>
 *
 * <p>A range of a known version that is on disk costs no request. If any version will do, one request asks for the
 * present one. Damaged data is deleted and fetched again, and a disk that fails never makes a read fail. Files belong
 * to the user alone if the file system knows users, and show no key, location or credential of the store. The cached
 * data itself is not encrypted.
 *
 * <p>Safe for use by many threads and several processes. The page {@code docs/disk-cache.md} of the sources has all
 * guarantees.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.storage.disk;

import org.jspecify.annotations.NullMarked;
