/**
 * A cache of decoded chunks and of facts about stored chunks, shared by all arrays that were opened with it.
 *
 * <p>{@link org.copick.cache.ChunkCache} is bounded by bytes; by default by a quarter of the largest heap. {@link
 * org.copick.cache.ChunkCache#statistics} returns its {@link org.copick.cache.CacheStatistics}. The other types are for
 * the Zarr engine, which fills the cache.
 *
 * <pre>{@code
 * ChunkCache cache = ChunkCache.ofBytes(512L << 20);
 * Zarr zarr = new Zarr(cache);
 * // read arrays that zarr opens, then
 * CacheStatistics statistics = cache.statistics();
 * System.out.println(statistics.hits() + " parts of chunks came from memory");
 * }</pre>
 *
 * <p>Keys of decoded data contain the version of the stored object, so data that was replaced is never returned for new
 * data. A cached chunk costs no request; a chunk that was cached before its array was opened costs one check of its
 * version.
 *
 * <p>Safe for use by many threads. If several threads want the same entry, one of them loads it; a failure is reported
 * to all that wait for it and is not cached. A context of copick has one cache for all its projects; the page {@code
 * docs/application.md} of the sources describes its memory.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.cache;

import org.jspecify.annotations.NullMarked;
