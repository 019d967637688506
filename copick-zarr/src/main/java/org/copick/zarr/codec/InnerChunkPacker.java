package org.copick.zarr.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packs inner chunks of shards as copick 2.0 does: with zstd, floats shuffled first. Safe for use by many threads.
 *
 * @param elementBytes the number of bytes of an element
 * @param shuffling whether bytes are shuffled, as for floats
 */
public record InnerChunkPacker(int elementBytes, boolean shuffling) {
    /**
     * Packs a whole inner chunk with its padding.
     *
     * @param elements the bytes of all elements
     * @return the packed bytes, or null for a chunk of zeros, which is not stored
     */
    public byte @Nullable [] pack(byte[] elements) {
        if (isZero(elements)) {
            return null;
        }
        byte[] bytesToPack = elements;
        if (shuffling) {
            bytesToPack = Scratch.ELEMENTS.ofLength(elements.length);
            Shuffle.shuffle(elements, 0, bytesToPack, elements.length, elementBytes);
        }
        return ZstdEngine.fastest().compress(new Slice(bytesToPack, 0, elements.length));
    }

    private static boolean isZero(byte[] elements) {
        if (elements.length == 0) {
            return true;
        }
        // each byte equals the previous one, and the first is zero
        int others = elements.length - 1;
        return elements[0] == 0 && Arrays.equals(elements, 0, others, elements, 1, elements.length);
    }
}
