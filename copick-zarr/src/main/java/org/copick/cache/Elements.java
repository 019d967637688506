package org.copick.cache;

/**
 * Decoded elements of a chunk, or of a part of a chunk that is encoded independently.
 *
 * @param bytes the bytes of the elements, which are never changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared by reference, never compared
public record Elements(byte[] bytes) implements Weighed {
    @Override
    public int weight() {
        return bytes.length;
    }
}
