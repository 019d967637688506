package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * The source of an image's elements while it is written. It is read box by box, each box once, so an image may be
 * larger than memory.
 */
@FunctionalInterface
public interface BoxSource {
    /**
     * Reads the elements of a box in C order.
     *
     * @param box a region without steps
     * @param into receives the elements from its position on; little-endian and in the type of the image
     */
    void read(Region box, ByteBuffer into);

    /**
     * {@return a source that reads a stored array, in its stored type}
     *
     * @param array the array, of the type of the image to write
     */
    static BoxSource of(ZarrArray array) {
        Objects.requireNonNull(array, "array");
        FillingSource source = array::readElements;
        return source;
    }

    /**
     * {@return a source of float32 elements}
     *
     * @param elements the elements in C order, not copied
     * @param shape the number of elements of the image along each axis
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    static BoxSource of(float[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            FloatBuffer floats = into.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            floats.put(elements, from, n);
            into.position(into.position() + 4 * n);
        });
    }

    /**
     * {@return a source of int16 or uint16 elements}
     *
     * @param elements the elements in C order, not copied
     * @param shape the number of elements of the image along each axis
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    static BoxSource of(short[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            ShortBuffer shorts = into.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
            shorts.put(elements, from, n);
            into.position(into.position() + 2 * n);
        });
    }

    /**
     * {@return a source of int32 or uint32 elements}
     *
     * @param elements the elements in C order, not copied
     * @param shape the number of elements of the image along each axis
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    static BoxSource of(int[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(elements, from, n);
            into.position(into.position() + 4 * n);
        });
    }

    /**
     * {@return a source of int64 or uint64 elements}
     *
     * @param elements the elements in C order, not copied
     * @param shape the number of elements of the image along each axis
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    static BoxSource of(long[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(elements, from, n);
            into.position(into.position() + 8 * n);
        });
    }

    /**
     * {@return a source of float64 elements}
     *
     * @param elements the elements in C order, not copied
     * @param shape the number of elements of the image along each axis
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    static BoxSource of(double[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(elements, from, n);
            into.position(into.position() + 8 * n);
        });
    }

    /** {@return a source of zeros of any type} */
    static BoxSource zeros() {
        FillingSource zeros = (box, into) -> {
            ByteBuffer zeroed = into.duplicate();
            while (zeroed.remaining() >= Long.BYTES) {
                zeroed.putLong(0);
            }
            while (zeroed.hasRemaining()) {
                zeroed.put((byte) 0);
            }
        };
        return zeros;
    }

    /**
     * {@return a source of elements of one byte each: int8, uint8 or bool}
     *
     * @param elements the elements in C order, not copied
     * @param shape the number of elements of the image along each axis
     * @throws IllegalArgumentException if the shape has another number of elements
     */
    static BoxSource of(byte[] elements, long... shape) {
        return rows(shape, elements.length, (from, n, into) -> into.put(elements, from, n));
    }

    private static BoxSource rows(long[] shape, int available, RowCopy copy) {
        if (Region.all(shape).size() != available) {
            throw new IllegalArgumentException(available + " elements were given for a shape of "
                    + Region.all(shape).size() + " elements");
        }
        FillingSource source = (box, into) -> rows(shape, box, 0, 0, into.duplicate(), copy);
        return source;
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
