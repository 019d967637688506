package org.copick.zarr;

import java.util.Arrays;

/** The layout of an image: version of Zarr and chunks. Immutable. */
public final class ImageFormat {
    /** The format of copick 1.x: chunks of 256³, one file each, also for smaller images. */
    public static final ImageFormat VERSION_2 = new ImageFormat(2, new int[] {256, 256, 256});
    /** The format of copick 2.0: chunks of 128³, also for smaller images, and one shard for each level. */
    public static final ImageFormat VERSION_3 = new ImageFormat(3, new int[] {128, 128, 128});

    private final int zarrFormat;
    private final int[] chunk;
    private final boolean fits;

    /**
     * Makes a format.
     *
     * @param zarrFormat 2, with OME-NGFF 0.4, as Python copick 1.x writes it; or 3, with OME-NGFF 0.5 and shards, as 2.0 does
     * @param chunk elements of a chunk along z, y and x; in version 3 of a chunk in a shard. Where there are several levels
     *     and more than one chunk along an axis, it must be even there
     */
    public ImageFormat(int zarrFormat, int[] chunk) {
        this(zarrFormat, chunk, false);
    }

    private ImageFormat(int zarrFormat, int[] chunk, boolean fits) {
        if (zarrFormat != 2 && zarrFormat != 3) {
            throw new IllegalArgumentException("Zarr v" + zarrFormat + " cannot be written, only 2 and 3");
        }
        if (chunk.length != 3 || Arrays.stream(chunk).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("chunks of " + Arrays.toString(chunk));
        }
        this.zarrFormat = zarrFormat;
        this.chunk = chunk.clone();
        this.fits = fits;
    }

    /** Returns the version of Zarr, 2 or 3. */
    public int zarrFormat() {
        return zarrFormat;
    }

    /** Returns the elements of a chunk along z, y and x, as a copy. */
    public int[] chunk() {
        return chunk.clone();
    }

    /** Returns this version of Zarr with other chunks, also for images that are smaller. */
    public ImageFormat withChunk(int z, int y, int x) {
        return new ImageFormat(zarrFormat, new int[] {z, y, x});
    }

    /**
     * Returns this format for chunks no longer than the image along any axis. Readers that know no blocks need memory for a whole
     * chunk with its padding: 64 MiB for 256³ float32, however small the image.
     */
    public ImageFormat fitting() {
        return new ImageFormat(zarrFormat, chunk, true);
    }

    /**
     * Returns the format of one image.
     *
     * @param shape its longest level; z, y and x are its last axes
     */
    ImageFormat of(long[] shape) {
        if (!fits) {
            return this;
        }
        int[] fitted = chunk.clone();
        for (int i = 0; i < 3; i++) {
            fitted[i] = (int) Math.min(chunk[i], shape[shape.length - 3 + i]);
        }
        return new ImageFormat(zarrFormat, fitted);
    }

    @Override
    public String toString() {
        return "Zarr v" + zarrFormat + " in chunks of " + Arrays.toString(chunk) + (fits ? " at most" : "");
    }
}
