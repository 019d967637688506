/**
 * Volumes of copick projects as stores of zarr-java.
 *
 * <p>A program that uses zarr-java opens a level of a tomogram, feature map or segmentation with {@code
 * Array.open(CopickStore.of(tomogram).resolve("0"))}, from any store and under any overlay. {@link
 * org.copick.zarrjava.CopickStore} is the only type.
 *
 * <p>There are two ways in. {@code CopickStore.of} passes the stored objects on, for reading and, in a writable layer,
 * for writing; zarr-java decodes them. {@code CopickStore.plain} has them decoded by copick and shows blocks without
 * compressor, for the codecs and element types that zarr-java lacks: float16, the shuffle filter of copick 2.0 and
 * others.
 *
 * <p>zarr-java needs {@code edu.ucar:cdm-core}, which central repositories do not have. The page {@code
 * docs/bridges.md} of the sources says how to get it, and lists the known faults of zarr-java.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.zarrjava;

import org.jspecify.annotations.NullMarked;
