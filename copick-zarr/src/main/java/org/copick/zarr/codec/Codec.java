package org.copick.zarr.codec;

/** One step of packing a chunk. Stateless and safe for use by many threads. */
interface Codec {
    /** The result of {@link #packedLength} if the length depends on the values. */
    long VARIES = -1;

    /**
     * Undoes this step.
     *
     * @param packed the output of this step
     * @param into receives the decoded bytes
     * @param at the index of the first decoded byte in {@code into}
     * @param room the maximum number of decoded bytes
     * @return the number of decoded bytes
     * @throws CodecException if the input is invalid, or decodes to more than {@code room} bytes
     */
    int decode(Slice packed, byte[] into, int at, int room) throws CodecException;

    /**
     * Applies this step.
     *
     * @throws org.copick.error.UnsupportedFeatureException if this step can only be undone
     */
    byte[] encode(Slice bytes);

    /** Returns the number of bytes that this step makes of {@code length} bytes, or {@link #VARIES}. */
    default long packedLength(long length) {
        return VARIES;
    }
}
