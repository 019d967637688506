package org.copick;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.error.InvalidDataException;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;

/** Converts elements from one data type to another, in small pieces. */
final class Conversion {
    private static final int PIECE = 1 << 20;

    private Conversion() {}

    /** Returns a source that rounds to the nearest floating-point number of the target type. */
    static BoxSource toDecimals(BoxSource source, DataType from, DataType to) {
        return pieces(source, from, to, (numbers, into) -> {
            for (int i = 0; i < numbers.size(); i++) {
                into.put(i, numbers.decimal(i));
            }
        });
    }

    /** Returns a source that converts labels, which the caller has already checked to fit the target type. */
    static BoxSource toLabels(BoxSource source, DataType from, DataType to) {
        return pieces(source, from, to, (numbers, into) -> {
            for (int i = 0; i < numbers.size(); i++) {
                into.put(i, Labels.whole(numbers, from, i));
            }
        });
    }

    /** The conversion of one piece. */
    @FunctionalInterface
    private interface Step {
        void convert(Numbers from, Numbers into);
    }

    private static BoxSource pieces(BoxSource source, DataType from, DataType to, Step step) {
        return (box, into) -> {
            ByteBuffer rest = into.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            forEach(box, PIECE / from.bytes(), piece -> {
                Numbers numbers = read(source, from, piece);
                step.convert(numbers, new Numbers(to, rest));
                rest.position(rest.position() + numbers.size() * to.bytes());
            });
        };
    }

    /** Reads all elements of a box at once. */
    static Numbers read(BoxSource source, DataType type, Region box) {
        ByteBuffer elements = buffer(box, type);
        source.read(box, elements.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return new Numbers(type, elements);
    }

    /** Allocates a little-endian buffer for all elements of a box. */
    static ByteBuffer buffer(Region box, DataType type) {
        if (box.size() > (Integer.MAX_VALUE - 16) / type.bytes()) {
            throw new InvalidDataException(
                    "a box of " + box.size() + " elements of " + type + " is too large; use smaller boxes");
        }
        return ByteBuffer.allocate((int) box.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An action on one piece of a box. */
    @FunctionalInterface
    interface Piece {
        void accept(Region piece);
    }

    /**
     * Splits a box into pieces in C order and passes each to an action.
     *
     * @param most the maximum number of elements in a piece; a longer row is not split
     */
    static void forEach(Region box, long most, Piece action) {
        int axis = 0;
        while (axis < box.rank() - 1 && box.size() > most && box.length(axis) == 1) {
            axis++;
        }
        if (box.size() <= most || axis == box.rank() - 1) {
            action.accept(box);
            return;
        }
        long each = Math.max(1, most / (box.size() / box.length(axis)));
        for (long from = 0; from < box.length(axis); from += each) {
            long[] start = new long[box.rank()];
            long[] length = box.shape();
            for (int i = 0; i < start.length; i++) {
                start[i] = box.start(i);
            }
            start[axis] += from;
            length[axis] = Math.min(each, box.length(axis) - from);
            forEach(Region.of(start, length), most, action);
        }
    }
}
