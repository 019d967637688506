package org.copick.zarr.codec;

/** One step of packing, as far as it has to be undone. Stateless and safe for use by many threads. */
interface Codec {
    /**
     * Undoes this step.
     *
     * @param packed what this step produced; not changed
     * @param length how many bytes must come out
     * @throws CodecException when anything else would come out; found out before more than {@code length} bytes are made
     */
    byte[] decode(byte[] packed, int length) throws CodecException;

    /** How many bytes this step makes of {@code length}, for those whose output does not depend on the values. */
    default int packedLength(int length) {
        return length;
    }
}
