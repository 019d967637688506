package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * Where the elements of an image come from that is to be written. Asked for box after box, each once, so that an image
 * need not fit into memory.
 */
@FunctionalInterface
public interface BoxSource {
    /**
     * Gives the elements of a box, in C order.
     *
     * @param box without steps
     * @param into room for them, from its position on; in the type of the image and little-endian
     */
    void read(Region box, ByteBuffer into);

    /** An array that is stored, in the type it is stored in. */
    static BoxSource of(ZarrArray array) {
        Objects.requireNonNull(array, "array");
        return array::readElements;
    }

    /** Elements in C order in an array, for images of this shape and of type float32. */
    static BoxSource of(float[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            FloatBuffer floats = into.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            floats.put(elements, from, n);
            into.position(into.position() + 4 * n);
        });
    }

    /** Elements in C order in an array, for images of this shape and of type int16 or uint16. */
    static BoxSource of(short[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            ShortBuffer shorts = into.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
            shorts.put(elements, from, n);
            into.position(into.position() + 2 * n);
        });
    }

    /** Elements in C order in an array, for images of this shape and of type int32 or uint32. */
    static BoxSource of(int[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(elements, from, n);
            into.position(into.position() + 4 * n);
        });
    }

    /** Elements in C order in an array, for images of this shape and of type int64 or uint64. */
    static BoxSource of(long[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(elements, from, n);
            into.position(into.position() + 8 * n);
        });
    }

    /** Elements in C order in an array, for images of this shape and of type float64. */
    static BoxSource of(double[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(elements, from, n);
            into.position(into.position() + 8 * n);
        });
    }

    /** Nothing but zeros, of any type. */
    static BoxSource zeros() {
        return (box, into) -> {
            ByteBuffer zeroed = into.duplicate();
            while (zeroed.remaining() >= Long.BYTES) {
                zeroed.putLong(0);
            }
            while (zeroed.hasRemaining()) {
                zeroed.put((byte) 0);
            }
        };
    }

    /** Elements in C order in an array, for images of this shape and of a type of one byte. */
    static BoxSource of(byte[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> into.put(elements, from, n));
    }

    /** Copies neighbours along the last axis. */
    @FunctionalInterface
    interface RowCopy {
        void copy(int from, int n, ByteBuffer into);
    }

    private static BoxSource rows(long[] shape, int available, RowCopy copy) {
        if (Region.all(shape).size() != available) {
            throw new IllegalArgumentException(
                    available + " elements for a shape of " + Region.all(shape).size());
        }
        return (box, into) -> rows(shape, box, 0, 0, into.duplicate(), copy);
    }

    private static void rows(long[] shape, Region box, int axis, long before, ByteBuffer into, RowCopy copy) {
        if (axis == shape.length - 1) {
            copy.copy((int) (before * shape[axis] + box.start(axis)), (int) box.length(axis), into);
            return;
        }
        for (long i = 0; i < box.length(axis); i++) {
            rows(shape, box, axis + 1, before * shape[axis] + box.start(axis) + i, into, copy);
        }
    }
}
