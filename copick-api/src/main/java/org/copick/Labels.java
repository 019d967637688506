package org.copick;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.copick.config.ObjectDefinition;
import org.copick.entity.SegmentationType;
import org.copick.error.InvalidDataException;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;

/**
 * Checks labels before they are written, and finds a data type that holds them (spec section 14.4).
 *
 * <p>Which labels are allowed depends on the type of the segmentation.
 */
final class Labels {
    private static final int PIECE = 1 << 20;
    private static final int CHANNELS = 2;

    private final SegmentationType type;
    private final boolean checksObjects;
    private final boolean checksBinary;
    private final Set<Long> objects = new HashSet<>();
    private final String location;
    /** The smallest label so far, if it is negative; otherwise 0. */
    private long least;
    /** The largest label so far, as an unsigned number. */
    private long greatest;

    /**
     * Prepares a check in which no labels have been examined yet.
     *
     * @param checks whether labels must belong to objects, or in a binary segmentation be 0 or 1
     * @param location the location of the segmentation, for messages
     */
    Labels(SegmentationType type, List<ObjectDefinition> objects, boolean checks, String location) {
        this.type = type;
        this.checksObjects = checks && (type == SegmentationType.MULTILABEL || type == SegmentationType.PANOPTIC);
        this.checksBinary = checks && type == SegmentationType.BINARY;
        this.location = location;
        objects.forEach(object -> object.label().ifPresent(this.objects::add));
    }

    /** Checks all elements. */
    void check(VolumeData data) {
        boolean panoptic = type == SegmentationType.PANOPTIC;
        long[] shape = data.shape();
        if (panoptic ? shape.length != 4 || shape[0] != CHANNELS : shape.length != 3) {
            throw new InvalidDataException("cannot write " + location + ": "
                    + (panoptic
                            ? "panoptic segmentations have shape 2, z, y, x: labels and instances"
                            : "segmentations have shape z, y, x"));
        }
        if (!panoptic) {
            Conversion.forEach(
                    data.all(), PIECE, piece -> check(Conversion.read(data.source(), data.type(), piece), data.type()));
            return;
        }
        Region labels = Region.of(new long[4], new long[] {1, shape[1], shape[2], shape[3]});
        Conversion.forEach(
                labels,
                PIECE,
                piece -> checkPair(
                        Conversion.read(data.source(), data.type(), piece),
                        data.type(),
                        Conversion.read(data.source(), data.type(), inChannel(piece, 1)),
                        data.type()));
    }

    /** Checks the labels and instances of a box of a panoptic segmentation. */
    void checkPair(Numbers labels, DataType labelType, Numbers instances, DataType instanceType) {
        for (int i = 0; i < labels.size(); i++) {
            long label = value(labels, labelType, i);
            long instance = value(instances, instanceType, i);
            label(label, labelType);
            count(instance);
            if (checksObjects && label == 0 && instance != 0) {
                throw new InvalidDataException("cannot write " + location + ": instance " + instanceType.text(instance)
                        + " lies where the label is 0; instances are parts of objects");
            }
        }
    }

    /** Checks labels of a segmentation that has one channel. */
    void check(Numbers numbers, DataType numbersType) {
        if (numbersType == DataType.UINT8) {
            boolean[] there = numbers.presentBytes(); // there are far fewer values than elements
            for (int label = 0; label < there.length; label++) {
                if (there[label]) {
                    label(label, numbersType);
                }
            }
            return;
        }
        for (int i = 0; i < numbers.size(); i++) {
            label(value(numbers, numbersType, i), numbersType);
        }
    }

    /** Returns a region like {@code box}, but in another channel. */
    static Region inChannel(Region box, long channel) {
        long[] start = {channel, box.start(1), box.start(2), box.start(3)};
        return Region.of(start, box.shape());
    }

    /** Returns the smallest unsigned type that holds all examined labels; at least uint16 if the type has instances. */
    DataType smallestType() {
        boolean wide = type == SegmentationType.INSTANCE || type == SegmentationType.PANOPTIC;
        for (DataType candidate : List.of(DataType.UINT8, DataType.UINT16, DataType.UINT32, DataType.UINT64)) {
            if (fits(candidate) && !(wide && candidate == DataType.UINT8)) {
                return candidate;
            }
        }
        throw new InvalidDataException("cannot write " + location + ": it would hold the negative label " + least);
    }

    /** Rejects a data type that does not hold all examined labels exactly. */
    void requireFits(DataType wanted) {
        if (!fits(wanted)) {
            throw new InvalidDataException("cannot write " + location + ": " + wanted + " does not hold the label "
                    + (least < 0 && !fits(wanted, least, 0) ? Long.toString(least) : Long.toUnsignedString(greatest))
                    + "; a segmentation is written with a type that holds all its labels");
        }
    }

    /** Returns an element as a whole number, with the bits of uint64 unchanged. */
    static long whole(Numbers numbers, DataType type, int i) {
        if (!type.isFloat()) {
            return numbers.whole(i);
        }
        double decimal = numbers.decimal(i);
        long whole = (long) decimal;
        if (whole != decimal || Math.abs(decimal) >= 0x1p63) {
            throw new InvalidDataException("labels are whole numbers, not " + decimal);
        }
        return whole;
    }

    private long value(Numbers numbers, DataType numbersType, int i) {
        try {
            long whole = whole(numbers, numbersType, i);
            if (whole < 0 && numbersType != DataType.UINT64) {
                least = Math.min(least, whole);
            }
            return whole;
        } catch (InvalidDataException e) {
            throw new InvalidDataException("cannot write " + location + ": " + e.getMessage(), e);
        }
    }

    private void label(long label, DataType labelType) {
        count(label);
        if (checksBinary && label != 0 && label != 1) {
            throw new InvalidDataException("cannot write " + location + ": it would hold the label "
                    + labelType.text(label) + ", and a binary segmentation holds 1 inside its object and 0 outside;"
                    + " map the label to 1, write a multilabel segmentation, or accept any labels");
        }
        if (checksObjects && label != 0 && !objects.contains(label)) {
            throw new InvalidDataException(
                    "cannot write " + location + ": no object of the configuration has the label "
                            + labelType.text(label) + "; there are " + new TreeSet<>(objects)
                            + "; add the object, or accept any labels");
        }
    }

    private void count(long value) {
        boolean negative = value < 0 && least <= value;
        if (!negative && Long.compareUnsigned(value, greatest) > 0) {
            greatest = value;
        }
    }

    private boolean fits(DataType candidate) {
        return fits(candidate, least, greatest);
    }

    private static boolean fits(DataType candidate, long least, long greatest) {
        int bits = 8 * candidate.bytes();
        return switch (candidate) {
            case BOOL -> least == 0 && Long.compareUnsigned(greatest, 1) <= 0;
            case UINT8, UINT16, UINT32, UINT64 ->
                least == 0 && (bits == Long.SIZE || Long.compareUnsigned(greatest, (1L << bits) - 1) <= 0);
            case INT8, INT16, INT32, INT64 ->
                least >= Long.MIN_VALUE >> (Long.SIZE - bits)
                        && Long.compareUnsigned(greatest, Long.MAX_VALUE >> (Long.SIZE - bits)) <= 0;
            case FLOAT16 -> within(least, greatest, 1L << 11);
            case FLOAT32 -> within(least, greatest, 1L << 24);
            case FLOAT64 -> within(least, greatest, 1L << 53);
        };
    }

    private static boolean within(long least, long greatest, long limit) {
        return least >= -limit && Long.compareUnsigned(greatest, limit) <= 0;
    }
}
