package org.copick.zarr;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Memory for chunks that are written one after the other. The JVM clears each new array, which takes as long as packing it
 * with lz4. Holds as many arrays as were in use at a time. Safe for use by many threads.
 */
final class ChunkMemory {
    /** Denominator of the largest heap fraction that an array may take to be kept; up to ten are in use at a time. */
    private static final int HEAP_SHARE = 32;

    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();
    private final int length;
    private final boolean keeps;

    /** Prepares for arrays of this many bytes. */
    ChunkMemory(int length) {
        this.length = length;
        this.keeps = length <= Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    }

    /** Returns whether arrays are used again. In a small heap, large ones are left to the collector. */
    boolean keeps() {
        return keeps;
    }

    /** Returns an array with undefined content. */
    byte[] take() {
        byte[] array = free.poll();
        return array != null ? array : new byte[length];
    }

    /** Takes an array back that nobody uses any more. */
    void give(byte[] array) {
        if (keeps) {
            free.add(array);
        }
    }

    /** Returns an array with undefined content as that of a chunk. */
    Chunk takeChunk() {
        return new Chunk(take(), this);
    }

    /** The elements of a chunk. Its creator is the first holder; its memory is used again after the last has released it. */
    static final class Chunk {
        private final byte[] elements;
        private final @Nullable ChunkMemory memory;
        private final AtomicInteger holders = new AtomicInteger(1);

        private Chunk(byte[] elements, @Nullable ChunkMemory memory) {
            this.elements = elements;
            this.memory = memory;
        }

        /** Returns a chunk of zeros in new memory, which is not used again. */
        static Chunk zeros(int length) {
            return new Chunk(new byte[length], null);
        }

        /** Returns the elements. A holder must not use them after its release. */
        byte[] elements() {
            return elements;
        }

        /** Adds a holder. */
        Chunk hold() {
            holders.incrementAndGet();
            return this;
        }

        /** Ends the use by one holder. */
        void release() {
            if (holders.decrementAndGet() == 0 && memory != null) {
                memory.give(elements);
            }
        }
    }
}
