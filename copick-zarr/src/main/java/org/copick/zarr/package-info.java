/**
 * The Zarr engine: reads and writes regions of arrays, and groups, in any {@link org.copick.storage.ObjectStore}.
 *
 * <p>The package is independent of copick. A {@link org.copick.zarr.Zarr} opens {@linkplain org.copick.zarr.ZarrArray
 * arrays} and {@linkplain org.copick.zarr.ZarrGroup groups} of Zarr v2 and v3; everything that it opens shares its
 * cache and threads. {@link org.copick.zarr.Multiscale} reads the OME-NGFF metadata of an image, and {@link
 * org.copick.zarr.ImageWriter} writes an image with all its levels in one pass over level 0.
 *
 * <pre>{@code
 * try (ObjectStore store = StorageProviders.open("s3://bucket/folder", Map.of("anon", true))) {
 *     Zarr zarr = new Zarr(ChunkCache.ofBytes(256 << 20));
 *     ZarrArray array = (ZarrArray) zarr.open(store, "wbp.zarr/0").orElseThrow();
 *     float[] box = array.readFloats(Region.at(8, 0, 0).size(4, 32, 32)); // z, y, x
 * }
 * }</pre>
 *
 * <p><b>Cost.</b> Opening costs the metadata. A region costs one read for each stored object that it touches and that
 * is not cached; of a shard or a large Blosc chunk only the needed parts are read.
 *
 * <p><b>Untrusted data.</b> Metadata and chunks are untrusted until they are checked: sizes are checked before memory
 * is allocated, and decoded lengths are compared with the metadata. Damaged data throws {@link
 * org.copick.error.CorruptDataException}; a codec, type or extension that is not supported is refused by name with
 * {@link org.copick.error.UnsupportedFeatureException}.
 *
 * <p><b>Threads.</b> All types are safe for use by many threads. {@link org.copick.zarr.Zarr#write} uses several
 * threads, an {@code ImageWriter} the calling one. An interrupt ends a read or write. The page {@code docs/zarr.md} of
 * the sources lists the codecs.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.zarr;

import org.jspecify.annotations.NullMarked;
