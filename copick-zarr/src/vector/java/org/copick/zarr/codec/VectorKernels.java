package org.copick.zarr.codec;

import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.S2B;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2S;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels that use the JVM's vector interface, for elements of two, four and eight bytes. The plain kernels take other
 * sizes, and the elements after the last full vector.
 *
 * <p>Compiled apart from the rest, because the interface is an incubator module.
 */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    /** Has as many bytes as a vector of ints has ints. */
    private static final VectorSpecies<Byte> QUARTER = bytes(4);
    /** Has as many bytes as a vector of shorts has shorts. */
    private static final VectorSpecies<Byte> HALF = bytes(2);

    /** Interleaves two vectors of ints, like the next; the last two undo that. */
    private static final VectorShuffle<Integer> ZIP_FIRST = VectorShuffle.makeZip(INTS, 0);

    private static final VectorShuffle<Integer> ZIP_SECOND = VectorShuffle.makeZip(INTS, 1);
    private static final VectorShuffle<Integer> UNZIP_EVEN = VectorShuffle.makeUnzip(INTS, 0);
    private static final VectorShuffle<Integer> UNZIP_ODD = VectorShuffle.makeUnzip(INTS, 1);
    private static final VectorShuffle<Float> EVEN_FLOATS = VectorShuffle.makeUnzip(FLOATS, 0);
    private static final VectorShuffle<Float> ODD_FLOATS = VectorShuffle.makeUnzip(FLOATS, 1);

    /** Bits of the shortest registers whose quarter is a vector, too. */
    private static final int LEAST_BITS = 256;

    private final Kernels plain = new PlainKernels();

    /** @throws UnsupportedOperationException if the registers of this machine are too short */
    VectorKernels() {
        if (INTS.vectorBitSize() < LEAST_BITS) {
            throw new UnsupportedOperationException("registers have " + INTS.vectorBitSize() + " bits");
        }
    }

    private static VectorSpecies<Byte> bytes(int divisor) {
        int bits = Math.max(64, INTS.vectorBitSize() / divisor);
        return VectorSpecies.of(byte.class, VectorShape.forBitSize(bits));
    }

    @Override
    public void unshuffle(byte[] from, int at, int apart, byte[] into, int to, int n, int elementBytes) {
        int done = switch (elementBytes) {
            case 2 -> unshuffleTwos(from, at, apart, into, to, n);
            case 4 -> unshuffleFours(from, at, apart, into, to, n);
            case 8 -> unshuffleEights(from, at, apart, into, to, n);
            default -> 0;
        };
        plain.unshuffle(from, at + done, apart, into, to + done * elementBytes, n - done, elementBytes);
    }

    private static int unshuffleTwos(byte[] from, int at, int apart, byte[] into, int to, int n) {
        int end = HALF.loopBound(n);
        for (int i = 0; i < end; i += HALF.length()) {
            ShortVector low = shorts(from, at + i);
            ShortVector high = shorts(from, at + apart + i);
            low.or(high.lanewise(LSHL, 8)).reinterpretAsBytes().intoArray(into, to + 2 * i);
        }
        return end;
    }

    private static int unshuffleFours(byte[] from, int at, int apart, byte[] into, int to, int n) {
        int end = QUARTER.loopBound(n);
        for (int i = 0; i < end; i += QUARTER.length()) {
            fours(from, at + i, apart).reinterpretAsBytes().intoArray(into, to + 4 * i);
        }
        return end;
    }

    private static int unshuffleEights(byte[] from, int at, int apart, byte[] into, int to, int n) {
        int end = QUARTER.loopBound(n);
        for (int i = 0; i < end; i += QUARTER.length()) {
            IntVector low = fours(from, at + i, apart);
            IntVector high = fours(from, at + 4 * apart + i, apart);
            int target = to + 8 * i;
            low.rearrange(ZIP_FIRST, high).reinterpretAsBytes().intoArray(into, target);
            low.rearrange(ZIP_SECOND, high).reinterpretAsBytes().intoArray(into, target + BYTES.length());
        }
        return end;
    }

    @Override
    public void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n) {
        int end = QUARTER.loopBound(n);
        for (int i = 0; i < end; i += QUARTER.length()) {
            fours(from, at + i, apart).reinterpretAsFloats().intoArray(into, to + i);
        }
        plain.unshuffle(from, at + end, apart, into, to + end, n - end);
    }

    @Override
    public void shuffle(byte[] from, int at, byte[] into, int to, int apart, int n, int elementBytes) {
        int done = switch (elementBytes) {
            case 2 -> shuffleTwos(from, at, into, to, apart, n);
            case 4 -> shuffleFours(from, at, into, to, apart, n);
            case 8 -> shuffleEights(from, at, into, to, apart, n);
            default -> 0;
        };
        plain.shuffle(from, at + done * elementBytes, into, to + done, apart, n - done, elementBytes);
    }

    private static int shuffleTwos(byte[] from, int at, byte[] into, int to, int apart, int n) {
        int end = HALF.loopBound(n);
        for (int i = 0; i < end; i += HALF.length()) {
            ShortVector elements = ByteVector.fromArray(BYTES, from, at + 2 * i).reinterpretAsShorts();
            elements.convertShape(S2B, HALF, 0).reinterpretAsBytes().intoArray(into, to + i);
            elements.lanewise(LSHR, 8)
                    .convertShape(S2B, HALF, 0)
                    .reinterpretAsBytes()
                    .intoArray(into, to + apart + i);
        }
        return end;
    }

    private static int shuffleFours(byte[] from, int at, byte[] into, int to, int apart, int n) {
        int end = QUARTER.loopBound(n);
        for (int i = 0; i < end; i += QUARTER.length()) {
            putRows(ByteVector.fromArray(BYTES, from, at + 4 * i).reinterpretAsInts(), into, to + i, apart);
        }
        return end;
    }

    private static int shuffleEights(byte[] from, int at, byte[] into, int to, int apart, int n) {
        int end = QUARTER.loopBound(n);
        for (int i = 0; i < end; i += QUARTER.length()) {
            int source = at + 8 * i;
            IntVector first = ByteVector.fromArray(BYTES, from, source).reinterpretAsInts();
            IntVector second =
                    ByteVector.fromArray(BYTES, from, source + BYTES.length()).reinterpretAsInts();
            putRows(first.rearrange(UNZIP_EVEN, second), into, to + i, apart);
            putRows(first.rearrange(UNZIP_ODD, second), into, to + 4 * apart + i, apart);
        }
        return end;
    }

    /** Writes each byte of these elements to its row. */
    private static void putRows(IntVector elements, byte[] into, int to, int apart) {
        put(elements, into, to);
        put(elements.lanewise(LSHR, 8), into, to + apart);
        put(elements.lanewise(LSHR, 16), into, to + 2 * apart);
        put(elements.lanewise(LSHR, 24), into, to + 3 * apart);
    }

    /** Writes the lowest bytes of elements. */
    private static void put(IntVector elements, byte[] into, int to) {
        elements.convertShape(I2B, QUARTER, 0).reinterpretAsBytes().intoArray(into, to);
    }

    /** Returns elements of four bytes, of which each row has one. */
    private static IntVector fours(byte[] from, int at, int apart) {
        return ints(from, at)
                .or(ints(from, at + apart).lanewise(LSHL, 8))
                .or(ints(from, at + 2 * apart).lanewise(LSHL, 16))
                .or(ints(from, at + 3 * apart).lanewise(LSHL, 24));
    }

    private static IntVector ints(byte[] from, int at) {
        return ByteVector.fromArray(QUARTER, from, at)
                .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                .reinterpretAsInts();
    }

    @Override
    public void addPairs(float[] row, float[] sums, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += FLOATS.length()) {
            FloatVector first = FloatVector.fromArray(FLOATS, row, 2 * i);
            FloatVector second = FloatVector.fromArray(FLOATS, row, 2 * i + FLOATS.length());
            FloatVector pairs = first.rearrange(EVEN_FLOATS, second).add(first.rearrange(ODD_FLOATS, second));
            FloatVector.fromArray(FLOATS, sums, i).add(pairs).intoArray(sums, i);
        }
        PlainKernels.addPairs(row, sums, end, n);
    }

    private static ShortVector shorts(byte[] from, int at) {
        return ByteVector.fromArray(HALF, from, at)
                .convertShape(ZERO_EXTEND_B2S, SHORTS, 0)
                .reinterpretAsShorts();
    }

    @Override
    public String toString() {
        return "vector kernels of " + INTS.vectorBitSize() + " bits";
    }
}
