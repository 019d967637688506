/**
 * Codecs of chunks: compressors, filters and checksums, each the exact inverse of numcodecs' implementation.
 *
 * <p>For the Zarr engine; programs read arrays with {@link org.copick.zarr.ZarrArray} and do not need this package. Its
 * signatures show types of the JSON library, and it is not covered by the promise of compatible releases.
 *
 * <p>{@link org.copick.zarr.codec.Codecs} finds the codecs that metadata name and joins them into a {@link
 * org.copick.zarr.codec.CodecChain}, which unpacks and packs the bytes of a chunk. {@link
 * org.copick.zarr.codec.BloscBlocks} decodes single blocks of a Blosc container. An unknown codec is refused by name.
 *
 * <p>Packed bytes are untrusted. A decoder never writes more bytes than the metadata of the array allow, so a small
 * chunk that claims to be huge is refused ({@link org.copick.zarr.codec.CodecException}) before it fills the memory.
 *
 * <p>zstd and lz4 run native code; if it cannot be loaded, Java code does the same work. Safe for use by many threads.
 * Each thread keeps a few arrays to work in ({@link org.copick.zarr.codec.Scratch}). Nothing here does I/O.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.zarr.codec;

import org.jspecify.annotations.NullMarked;
