package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.copick.CopickContext;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;

/**
 * Tests images that are larger than the memory used for writing them.
 *
 * <p>The size is 64 MiB, or the number of MiB in the system property {@code copick.image.mib}. The value of a voxel is
 * a function of its position, so that the tests need not store the expected values.
 */
public abstract class LargeImageContract extends KitTest {
    private static final int MIB = Integer.getInteger("copick.image.mib", 64);
    private static final int WIDTH = 1024;
    private static final int BOX = 40;

    private final long seed = Long.getLong("copick.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final long[] shape = {Math.max(1, MIB / 4), WIDTH, WIDTH};
    private final byte[] changed = new byte[4 * BOX * BOX * BOX];

    /** Creates a contract for a subclass. */
    protected LargeImageContract() {}

    @Promise("images of any size are written, changed and read in bounded memory, in Zarr v2")
    void chunksOfALargeImage() {
        check(ImageFormat.VERSION_2);
    }

    @Promise("shards of any size are written, changed and read in bounded memory, in Zarr v3")
    void shardsOfALargeImage() {
        check(ImageFormat.VERSION_3);
    }

    private void check(ImageFormat format) {
        System.out.println("a large image of " + Arrays.toString(shape) + ", seed " + seed);
        ImageSpec spec = ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 2);
        try (CopickContext context = CopickContext.builder().build()) {
            Zarr zarr = context.zarr();
            zarr.write(new StorePlace(store(), "image/"), WriteCondition.ANY, spec, format, values());
            ObjectStore reader = another();
            ZarrArray full = (ZarrArray) zarr.open(reader, "image/0").orElseThrow();
            ZarrArray half = (ZarrArray) zarr.open(reader, "image/1").orElseThrow();
            for (int i = 0; i < 20; i++) {
                assertValues(full, half, box(shape, BOX), null);
            }
            for (int i = 0; i < 2; i++) {
                Region box = box(shape, BOX);
                random.nextBytes(changed);
                for (int at = 3; at < changed.length; at += 4) {
                    changed[at] = 64; // makes the float a number from 2 to 8
                }
                ByteBuffer into = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
                into.limit(4 * (int) box.size());
                full.writeRegion(box, into);
                Downscaling.MEAN.update(full, half, box);
                assertValues(full, half, around(box), box);
            }
        }
    }

    private static BoxSource values() {
        return (box, into) -> {
            FloatBuffer floats = into.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            for (long z = box.start(0); z < box.start(0) + box.length(0); z++) {
                for (long y = box.start(1); y < box.start(1) + box.length(1); y++) {
                    for (long x = box.start(2); x < box.start(2) + box.length(2); x++) {
                        floats.put(value(z, y, x));
                    }
                }
            }
        };
    }

    /** Returns a pseudo-random number from 1 to 2, so that compression does not make the image small. */
    private static float value(long z, long y, long x) {
        long mixed = ((z * WIDTH + y) * WIDTH + x) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
        return Float.intBitsToFloat(0x3f800000 | (int) (mixed >>> 41));
    }

    private Region box(long[] within, int most) {
        long[] start = new long[3];
        long[] length = new long[3];
        for (int i = 0; i < 3; i++) {
            length[i] = 1L + random.nextInt((int) Math.min(most, within[i]));
            start[i] = (long) (random.nextDouble() * (within[i] - length[i] + 1));
        }
        return Region.of(start, length);
    }

    /** Returns the box enlarged by two voxels on each side, within the image. */
    private Region around(Region box) {
        long[] start = new long[3];
        long[] length = new long[3];
        for (int i = 0; i < 3; i++) {
            start[i] = Math.max(0, box.start(i) - 2);
            length[i] = Math.min(shape[i], box.start(i) + box.length(i) + 2) - start[i];
        }
        return Region.of(start, length);
    }

    /**
     * Compares a box of the full resolution, and the matching part of level 1, with the expected values.
     *
     * @param painted the box that was changed, if any
     */
    private void assertValues(ZarrArray full, ZarrArray half, Region box, @Nullable Region painted) {
        float[] read = full.readFloats(box);
        int at = 0;
        for (long z = box.start(0); z < box.start(0) + box.length(0); z++) {
            for (long y = box.start(1); y < box.start(1) + box.length(1); y++) {
                for (long x = box.start(2); x < box.start(2) + box.length(2); x++) {
                    assertEquals(expected(z, y, x, painted), read[at++], "voxel " + z + ", " + y + ", " + x);
                }
            }
        }
        long[] place = new long[3];
        for (int i = 0; i < 3; i++) {
            place[i] = Math.min(half.shape()[i] - 1, (box.start(i) + box.length(i) / 2) / 2);
        }
        float mean = half.readFloats(Region.of(place, new long[] {1, 1, 1}))[0];
        double sum = 0;
        int count = 0;
        for (long z = 2 * place[0]; z < Math.min(shape[0], 2 * place[0] + 2); z++) {
            for (long y = 2 * place[1]; y < 2 * place[1] + 2; y++) {
                for (long x = 2 * place[2]; x < 2 * place[2] + 2; x++) {
                    sum += expected(z, y, x, painted);
                    count++;
                }
            }
        }
        double wanted = sum / count;
        assertTrue(
                Math.abs(mean - wanted) < 1e-4,
                () -> "level 1 at " + Arrays.toString(place) + " is " + mean + ", not " + wanted);
    }

    private float expected(long z, long y, long x, @Nullable Region painted) {
        if (painted != null) {
            long inZ = z - painted.start(0);
            long inY = y - painted.start(1);
            long inX = x - painted.start(2);
            if (inZ >= 0
                    && inY >= 0
                    && inX >= 0
                    && inZ < painted.length(0)
                    && inY < painted.length(1)
                    && inX < painted.length(2)) {
                int index = (int) ((inZ * painted.length(1) + inY) * painted.length(2) + inX);
                return ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * index);
            }
        }
        return value(z, y, x);
    }
}
