package org.copick.zarr.codec;

import java.util.List;
import java.util.function.IntFunction;

/** The steps that turn the bytes of a chunk's elements into what is stored, in that order. Safe for use by many threads. */
public final class CodecChain {
    /** What comes out where nothing is packed. */
    public static final CodecChain NONE = new CodecChain(List.of(), "");

    /** Headers and tables that a packed chunk has, however short it is. */
    private static final int SLACK = 1 << 10;

    private final List<Codec> steps;
    private final String description;

    CodecChain(List<Codec> steps, String description) {
        this.steps = List.copyOf(steps);
        this.description = description;
    }

    /** The configuration as text; equal texts decode equally. */
    public String description() {
        return description;
    }

    /** Whether the stored bytes are those of the elements. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether the stored bytes are one Blosc container, whose blocks can be read one by one. */
    public boolean isBlosc() {
        return steps.size() == 1 && steps.get(0) instanceof Blosc;
    }

    /** The most bytes that can be stored for {@code length} bytes by anybody in their right mind. */
    public long mostPacked(long length) {
        long most = length;
        for (Codec step : steps) {
            most = packedLength(step, most);
        }
        return most;
    }

    /**
     * Undoes all steps.
     *
     * @param packed what is stored
     * @param room makes room for {@code length} bytes; not called where there are no steps
     * @param length how many bytes must come out
     * @return a view of {@code packed} where there are no steps
     * @throws CodecException when anything else would come out
     */
    public Slice decode(Slice packed, IntFunction<byte[]> room, int length) throws CodecException {
        Slice out = undo(packed, room, length, 0);
        requireLength(out, length);
        return out;
    }

    private static void requireLength(Slice out, int length) throws CodecException {
        if (out.length() != length) {
            throw new CodecException("it has " + out.length() + " bytes, not " + length);
        }
    }

    /**
     * Undoes all steps, but for a shuffle that was done first where elements are of this size.
     *
     * @param packed what is stored
     * @param room makes room for {@code length} bytes, where it is needed
     * @param length how many bytes must come out
     */
    public Unpacked unpack(Slice packed, IntFunction<byte[]> room, int length, int elementBytes) throws CodecException {
        if (steps.isEmpty()
                || !(steps.get(0) instanceof Shuffle shuffle)
                || shuffle.elementBytes() != elementBytes
                || length % elementBytes != 0) {
            return new Unpacked(decode(packed, room, length), false);
        }
        Slice out = undo(packed, room, length, 1);
        requireLength(out, length);
        return new Unpacked(out, true);
    }

    /** The same where only an upper bound of what comes out is known. */
    public Slice decodeAtMost(Slice packed, int most) throws CodecException {
        return undo(packed, byte[]::new, most, 0);
    }

    /**
     * Does all steps.
     *
     * @throws org.copick.error.UnsupportedFeatureException for a step that can only be undone
     */
    public byte[] encode(byte[] elements) {
        byte[] bytes = elements;
        for (Codec step : steps) {
            bytes = step.encode(Slice.of(bytes));
        }
        return bytes;
    }

    /** Undoes the steps from the last one to {@code first}, whose bytes go where there is room. */
    private Slice undo(Slice packed, IntFunction<byte[]> room, int most, int first) throws CodecException {
        long[] lengths = new long[steps.size() + 1];
        lengths[0] = most;
        for (int i = 0; i < steps.size(); i++) {
            lengths[i + 1] = packedLength(steps.get(i), lengths[i]);
        }
        Slice bytes = packed;
        for (int i = steps.size() - 1; i >= first; i--) {
            if (lengths[i] > Integer.MAX_VALUE - 16) {
                throw new CodecException("a step of its packing would take " + lengths[i] + " bytes");
            }
            Scratch between = i % 2 == 0 ? Scratch.STEP : Scratch.OTHER_STEP;
            byte[] into = i == first ? room.apply((int) lengths[i]) : between.ofLength((int) lengths[i]);
            bytes = new Slice(into, 0, steps.get(i).decode(bytes, into, 0, (int) lengths[i]));
        }
        return bytes;
    }

    /** The length of what a step makes, or an upper bound of what it could make in its right mind. */
    private static long packedLength(Codec step, long length) {
        long exact = step.packedLength(length);
        return exact == Codec.VARIES ? length + length / 8 + SLACK : exact;
    }
}
