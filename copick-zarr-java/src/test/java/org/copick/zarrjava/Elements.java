package org.copick.zarrjava;

import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Elements of a region as both libraries read them: little-endian bytes in C order. */
final class Elements {
    private Elements() {}

    /** Reads a region with our engine; float16 becomes float32 for a plain view. */
    static byte[] ours(ZarrArray array, Region region, boolean plain) {
        int size = Math.toIntExact(region.size());
        if (plain && array.dataType() == DataType.FLOAT16) {
            ByteBuffer floats = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            array.read(region, floats.asFloatBuffer());
            return floats.array();
        }
        byte[] bytes = new byte[size * array.dataType().bytes()];
        array.readBytes(region, bytes);
        return bytes;
    }

    /** Reads a region with zarr-java. */
    static byte[] theirs(Array array, Region region, boolean parallel) throws ZarrException {
        long[] start = new long[region.rank()];
        int[] shape = new int[region.rank()];
        for (int i = 0; i < shape.length; i++) {
            start[i] = region.start(i);
            shape[i] = Math.toIntExact(region.length(i));
        }
        return bytes(array.read(start, shape, parallel).copyTo1DJavaArray());
    }

    private static byte[] bytes(Object elements) {
        ByteBuffer bytes = ByteBuffer.allocate(java.lang.reflect.Array.getLength(elements) * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        if (elements instanceof byte[] values) {
            return values;
        } else if (elements instanceof boolean[] values) {
            for (boolean value : values) {
                bytes.put((byte) (value ? 1 : 0));
            }
        } else if (elements instanceof short[] values) {
            bytes.asShortBuffer().put(values);
            bytes.position(values.length * Short.BYTES);
        } else if (elements instanceof int[] values) {
            bytes.asIntBuffer().put(values);
            bytes.position(values.length * Integer.BYTES);
        } else if (elements instanceof long[] values) {
            bytes.asLongBuffer().put(values);
            bytes.position(values.length * Long.BYTES);
        } else if (elements instanceof float[] values) {
            bytes.asFloatBuffer().put(values);
            bytes.position(values.length * Float.BYTES);
        } else if (elements instanceof double[] values) {
            bytes.asDoubleBuffer().put(values);
            bytes.position(values.length * Double.BYTES);
        } else {
            throw new IllegalStateException("elements of " + elements.getClass());
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /**
     * Returns a random region that zarr-java reads right: along each axis it begins at a chunk or ends in the next one.
     *
     * @param chunk the shape of a chunk, or of one in a shard
     * @param outer the shape of a stored chunk or shard
     */
    static Region region(Random random, long[] shape, long[] chunk, long[] outer) {
        long[] start = new long[shape.length];
        long[] length = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            long end = shape[i];
            if (random.nextBoolean()) {
                start[i] = random.nextLong((shape[i] + outer[i] - 1) / outer[i]) * outer[i];
            } else {
                start[i] = random.nextLong(shape[i]);
                end = Math.min(end, (start[i] / chunk[i] + 2) * chunk[i]);
            }
            length[i] = 1 + random.nextLong(end - start[i]);
        }
        return Region.of(start, length);
    }
}
