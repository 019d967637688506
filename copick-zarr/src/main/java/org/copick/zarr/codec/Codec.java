package org.copick.zarr.codec;

/** One step of packing, as far as it has to be undone. Stateless and safe for use by many threads. */
interface Codec {
    /** For {@link #packedLength}: the length depends on the values. */
    long VARIES = -1;

    /**
     * Undoes this step.
     *
     * @param packed what this step produced
     * @param into where what comes out goes
     * @param at where in it
     * @param room how many bytes there are for it
     * @return how many bytes came out
     * @throws CodecException when it makes no sense, or more than {@code room} bytes would come out
     */
    int decode(Slice packed, byte[] into, int at, int room) throws CodecException;

    /**
     * Does this step.
     *
     * @throws org.copick.error.UnsupportedFeatureException where it can only be undone
     */
    byte[] encode(Slice bytes);

    /** How many bytes this step makes of {@code length}, or {@link #VARIES}. */
    default long packedLength(long length) {
        return VARIES;
    }
}
