package org.copick.cache;

/**
 * Decoded elements of a chunk, or of the part of one that is packed for itself.
 *
 * @param bytes never changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared by reference, never compared
public record Elements(byte[] bytes) implements Weighed {
    @Override
    public int weight() {
        return bytes.length;
    }
}
