package org.copick.zarr.codec;

import java.util.List;
import java.util.function.IntFunction;

/**
 * The codecs that turn the bytes of a chunk's elements into the stored bytes, in this order. Safe for use by many
 * threads.
 */
public final class CodecChain {
    /** The chain without any codec. */
    public static final CodecChain NONE = new CodecChain(List.of(), "");

    /** Maximum bytes of the headers and tables that a packed chunk has, however short it is. */
    private static final int SLACK = 1 << 10;

    private final List<Codec> steps;
    private final String description;

    CodecChain(List<Codec> steps, String description) {
        this.steps = List.copyOf(steps);
        this.description = description;
    }

    /** {@return the configuration as text} Chains with equal texts decode equally. */
    public String description() {
        return description;
    }

    /** {@return whether there are no codecs, so the stored bytes are the elements' bytes} */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** {@return whether the stored bytes are one Blosc container, whose blocks can be read individually} */
    public boolean isBlosc() {
        return steps.size() == 1 && steps.get(0) instanceof Blosc;
    }

    /**
     * {@return the maximum number of stored bytes that a reasonable encoder writes}
     *
     * @param length the number of bytes of the elements
     */
    public long mostPacked(long length) {
        long most = length;
        for (Codec step : steps) {
            most = packedLength(step, most);
        }
        return most;
    }

    /**
     * Decodes stored bytes.
     *
     * @param packed the stored bytes
     * @param room allocates an array of {@code length} bytes; not called if there are no codecs
     * @param length the required number of decoded bytes
     * @return the decoded bytes; a view of {@code packed} if there are no codecs
     * @throws CodecException if the input is invalid or decodes to another length
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
     * Decodes stored bytes, but leaves them shuffled if the first codec is a shuffle of elements of this size.
     *
     * @param packed the stored bytes
     * @param room allocates an array of {@code length} bytes; only called if needed
     * @param length the required number of decoded bytes
     * @param elementBytes the number of bytes of an element
     * @return the decoded bytes, and whether they are still shuffled; a view of {@code packed} if there are no codecs
     * @throws CodecException if the input is invalid or decodes to another length
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

    /**
     * Decodes stored bytes of which only the maximum decoded length is known.
     *
     * @param packed the stored bytes
     * @param most the maximum number of decoded bytes; not checked if there are no codecs
     * @return the decoded bytes; {@code packed} itself if there are no codecs
     * @throws CodecException if the input is invalid or decodes to more than {@code most} bytes
     */
    public Slice decodeAtMost(Slice packed, int most) throws CodecException {
        return undo(packed, byte[]::new, most, 0);
    }

    /**
     * Encodes bytes with all codecs.
     *
     * @param elements the bytes of the elements
     * @return the bytes to store; {@code elements} itself if there are no codecs
     * @throws org.copick.error.UnsupportedFeatureException for a codec that can only decode
     */
    public byte[] encode(byte[] elements) {
        byte[] bytes = elements;
        for (Codec step : steps) {
            bytes = step.encode(Slice.of(bytes));
        }
        return bytes;
    }

    /**
     * Undoes the steps from the last one to {@code first}; the latter's output goes to an array allocated by
     * {@code room}.
     */
    private Slice undo(Slice packed, IntFunction<byte[]> room, int most, int first) throws CodecException {
        long[] lengths = new long[steps.size() + 1];
        lengths[0] = most;
        for (int i = 0; i < steps.size(); i++) {
            lengths[i + 1] = packedLength(steps.get(i), lengths[i]);
        }
        Slice bytes = packed;
        for (int i = steps.size() - 1; i >= first; i--) {
            if (lengths[i] > Integer.MAX_VALUE - 16) {
                throw new CodecException("one of its codecs would need " + lengths[i] + " bytes");
            }
            Scratch between = i % 2 == 0 ? Scratch.STEP : Scratch.OTHER_STEP;
            byte[] into = i == first ? room.apply((int) lengths[i]) : between.ofLength((int) lengths[i]);
            bytes = new Slice(into, 0, steps.get(i).decode(bytes, into, 0, (int) lengths[i]));
        }
        return bytes;
    }

    /** Returns the length of a step's output, or the maximum that a reasonable encoder writes. */
    private static long packedLength(Codec step, long length) {
        long exact = step.packedLength(length);
        return exact == Codec.VARIES ? length + length / 8 + SLACK : exact;
    }
}
