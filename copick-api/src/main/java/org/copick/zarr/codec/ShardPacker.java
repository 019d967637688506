package org.copick.zarr.codec;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Puts a shard together as copick 2.0 does: inner chunks packed by zstd, floats shuffled before, and an index with a
 * checksum at the end. Inner chunks of nothing but zeros are left out. Several threads may put them in.
 */
public final class ShardPacker {
    private static final int LEVEL = 3;
    private static final int ENTRY = 16;

    private final int elementBytes;
    private final boolean shuffling;
    private final byte[][] parts;
    private long bytes;

    /**
     * Begins a shard.
     *
     * @param count how many inner chunks it can hold
     * @param shuffling whether bytes are shuffled, as for floats
     */
    public ShardPacker(int count, int elementBytes, boolean shuffling) {
        this.elementBytes = elementBytes;
        this.shuffling = shuffling;
        this.parts = new byte[count][];
    }

    /** Packs an inner chunk, all of it, edges padded. */
    public void put(int part, byte[] elements) {
        if (isZero(elements)) {
            return;
        }
        byte[] bytesToPack = elements;
        if (shuffling) {
            bytesToPack = Scratch.ELEMENTS.ofLength(elements.length);
            Shuffle.shuffle(elements, 0, bytesToPack, elements.length, elementBytes);
        }
        byte[] room = Scratch.PACKED.ofLength(Math.toIntExact(Zstd.compressBound(elements.length)));
        long size = Zstd.compressByteArray(room, 0, room.length, bytesToPack, 0, elements.length, LEVEL);
        if (Zstd.isError(size)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(size));
        }
        byte[] packed = Arrays.copyOf(room, (int) size);
        synchronized (this) {
            parts[part] = packed;
            bytes += packed.length;
        }
    }

    /** Whether nothing but zeros was put in. */
    public synchronized boolean isEmpty() {
        return bytes == 0;
    }

    /**
     * The shard.
     *
     * @throws IllegalStateException when it has more bytes than an array can hold
     */
    public synchronized byte[] pack() {
        long length = bytes + (long) ENTRY * parts.length + 4;
        if (length > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("a shard of " + length + " bytes is too large; choose smaller shards");
        }
        ByteBuffer shard = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        long[] offsets = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            offsets[i] = shard.position();
            if (parts[i] != null) {
                shard.put(parts[i]);
            }
        }
        int index = shard.position();
        for (int i = 0; i < parts.length; i++) {
            shard.putLong(parts[i] == null ? -1 : offsets[i]);
            shard.putLong(parts[i] == null ? -1 : parts[i].length);
        }
        CRC32C sum = new CRC32C();
        sum.update(shard.array(), index, ENTRY * parts.length);
        shard.putInt((int) sum.getValue());
        return shard.array();
    }

    private static boolean isZero(byte[] elements) {
        if (elements.length == 0) {
            return true;
        }
        // each byte is the one before it, and the first is zero
        int others = elements.length - 1;
        return elements[0] == 0 && Arrays.equals(elements, 0, others, elements, 1, elements.length);
    }
}
