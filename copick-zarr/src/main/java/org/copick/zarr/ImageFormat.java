package org.copick.zarr;

import java.util.Arrays;

/** The storage format of an image: Zarr version and chunk shape. Immutable. */
public final class ImageFormat {
    /** The format of copick 1.x: chunks of 256³, also for smaller images, each stored as one object. */
    public static final ImageFormat VERSION_2 = new ImageFormat(2, new int[] {256, 256, 256});
    /** The format of copick 2.0: chunks of 128³, also for smaller images, and one shard per level. */
    public static final ImageFormat VERSION_3 = new ImageFormat(3, new int[] {128, 128, 128});

    private final int zarrFormat;
    private final int[] chunk;
    private final boolean fits;

    /**
     * Creates a format.
     *
     * @param zarrFormat 2 with OME-NGFF 0.4, as written by Python copick 1.x; or 3 with OME-NGFF 0.5 and shards, as
     *     written by 2.0
     * @param chunk the number of elements of a chunk along z, y and x; in version 3, of a chunk within a shard. For
     *     images of several levels it must be even along each axis that has more than one chunk
     * @throws IllegalArgumentException for another version, or unless there are three positive lengths
     */
    public ImageFormat(int zarrFormat, int[] chunk) {
        this(zarrFormat, chunk, false);
    }

    private ImageFormat(int zarrFormat, int[] chunk, boolean fits) {
        if (zarrFormat != 2 && zarrFormat != 3) {
            throw new IllegalArgumentException(
                    "cannot write Zarr v" + zarrFormat + ": only versions 2 and 3 are supported");
        }
        if (chunk.length != 3 || Arrays.stream(chunk).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException(
                    "invalid chunk shape " + Arrays.toString(chunk) + ": three positive lengths are needed");
        }
        this.zarrFormat = zarrFormat;
        this.chunk = chunk.clone();
        this.fits = fits;
    }

    /** {@return the version of Zarr, 2 or 3} */
    public int zarrFormat() {
        return zarrFormat;
    }

    /** {@return the number of elements of a chunk along z, y and x, as a copy} */
    public int[] chunk() {
        return chunk.clone();
    }

    /**
     * {@return a format with this Zarr version and another chunk shape, also for smaller images}
     *
     * @param z the number of elements of a chunk along z
     * @param y the number of elements of a chunk along y
     * @param x the number of elements of a chunk along x
     * @throws IllegalArgumentException if a number is not positive
     */
    public ImageFormat withChunk(int z, int y, int x) {
        return new ImageFormat(zarrFormat, new int[] {z, y, x});
    }

    /**
     * {@return this format with chunks that are at most as long as the image along each axis} Without it, readers that
     * cannot read single Blosc blocks need memory for a whole padded chunk: 64 MiB for 256³ float32, however small the
     * image.
     */
    public ImageFormat fitting() {
        return new ImageFormat(zarrFormat, chunk, true);
    }

    /**
     * Returns the format for one image.
     *
     * @param shape the shape of its largest level; z, y and x are its last axes
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
