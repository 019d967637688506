package org.copick.zarr;

import java.util.Arrays;

/**
 * How an image is laid out.
 *
 * @param zarrFormat 2, with OME-NGFF 0.4, as Python copick 1.x writes it; or 3, with OME-NGFF 0.5 and shards, as 2.0 does
 * @param chunk elements of a chunk along z, y and x; in version 3 of a chunk in a shard. Where there are several levels
 *     and more than one chunk along an axis, it must be even there
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
public record ImageFormat(int zarrFormat, int[] chunk) {
    /** What copick 1.x writes: chunks of 256³, one file each. */
    public static final ImageFormat VERSION_2 = new ImageFormat(2, new int[] {256, 256, 256});
    /** What copick 2.0 writes: chunks of 128³, and one shard for each level. */
    public static final ImageFormat VERSION_3 = new ImageFormat(3, new int[] {128, 128, 128});

    public ImageFormat {
        if (zarrFormat != 2 && zarrFormat != 3) {
            throw new IllegalArgumentException("Zarr v" + zarrFormat + " cannot be written, only 2 and 3");
        }
        if (chunk.length != 3 || Arrays.stream(chunk).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("chunks of " + Arrays.toString(chunk));
        }
    }

    /** The same with other chunks. */
    public ImageFormat withChunk(int z, int y, int x) {
        return new ImageFormat(zarrFormat, new int[] {z, y, x});
    }
}
