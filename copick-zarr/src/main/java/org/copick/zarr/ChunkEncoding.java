package org.copick.zarr;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.codec.CodecChain;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;

/**
 * How a box of elements lies in bytes: a chunk, a shard, or a chunk in a shard. Elements are stored in C order of the
 * box's <em>stored axes</em>, which are the axes of what surrounds it, possibly in another order.
 */
sealed interface ChunkEncoding permits ChunkEncoding.Plain, ChunkEncoding.Sharded {
    /** One decoded box may take this part of the heap at most. */
    int HEAP_SHARE = 2;

    /** Elements along each stored axis. */
    int[] stored();

    /** For each stored axis which axis it is of what surrounds the box. */
    int[] axes();

    /** What was done to the bytes before they were stored. */
    CodecChain packing();

    /** The order of the bytes of an element. */
    ByteOrder order();

    /** How many bytes the elements take. */
    long bytes();

    /**
     * Undoes the packing of a whole box.
     *
     * @param fill an element that is not stored
     * @param room makes room for {@link #bytes} where it is needed, which it is not for bytes that are stored as they are
     * @return the elements in stored order
     */
    Slice decode(Slice packed, byte[] fill, IntFunction<byte[]> room) throws CodecException;

    /** Text that is equal for layouts that decode equally. */
    String description();

    /**
     * Elements as they are.
     *
     * @param elementBytes the bytes of an element
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(int[] stored, int[] axes, CodecChain packing, ByteOrder order, int elementBytes)
            implements ChunkEncoding {
        public Plain {
            Objects.requireNonNull(axes, "axes");
            Objects.requireNonNull(packing, "packing");
            Objects.requireNonNull(stored, "stored");
        }

        @Override
        public long bytes() {
            return product(stored, elementBytes);
        }

        @Override
        public Slice decode(Slice packed, byte[] fill, IntFunction<byte[]> room) throws CodecException {
            return packing.decode(packed, room, (int) bytes());
        }

        @Override
        public String description() {
            return Arrays.toString(stored) + " " + order + " " + elementBytes + " " + packing.description();
        }
    }

    /**
     * Inner chunks, each packed for itself, and an index of where they are.
     *
     * @param inner the layout of each, whose surroundings are the shard's stored axes
     * @param innerShape its shape along the shard's stored axes
     * @param index where and how the index is written
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sharded(
            int[] stored,
            int[] axes,
            CodecChain packing,
            ChunkEncoding inner,
            int[] innerShape,
            ShardIndex.Format index)
            implements ChunkEncoding {
        public Sharded {
            Objects.requireNonNull(axes, "axes");
            Objects.requireNonNull(packing, "packing");
            Objects.requireNonNull(stored, "stored");
        }

        @Override
        public ByteOrder order() {
            return inner.order();
        }

        @Override
        public long bytes() {
            return inner.bytes() * innerCount();
        }

        /** How many inner chunks there are. */
        int innerCount() {
            int count = 1;
            for (int i = 0; i < stored.length; i++) {
                count *= stored[i] / innerShape[i];
            }
            return count;
        }

        /** Where an inner chunk begins along the shard's stored axes. */
        int[] originOf(int part) {
            int[] origin = new int[stored.length];
            int rest = part;
            for (int i = stored.length - 1; i >= 0; i--) {
                int along = stored[i] / innerShape[i];
                origin[i] = rest % along * innerShape[i];
                rest /= along;
            }
            return origin;
        }

        /** The most bytes that a shard can have before it is packed. */
        long mostBytes() {
            long most = innerCount() * inner.packing().mostPacked(inner.bytes()) + index.length();
            return Math.min(
                    Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 4), most);
        }

        @Override
        public Slice decode(Slice packed, byte[] fill, IntFunction<byte[]> room) throws CodecException {
            Slice shard = packing.decodeAtMost(packed, (int) mostBytes());
            ShardIndex parts = index.parse(shard);
            byte[] into = room.apply((int) bytes());
            ByteCopy copy = new ByteCopy(stored, fill.length, into);
            byte[] innerRoom = new byte[(int) inner.bytes()];
            for (int part = 0; part < innerCount(); part++) {
                int[] origin = originOf(part);
                if (parts.isMissing(part)) {
                    copy.fill(origin, innerShape, fill);
                } else {
                    Slice decoded = inner.decode(parts.part(part, shard), fill, length -> innerRoom);
                    copy.place(origin, inner, decoded);
                }
            }
            return new Slice(into, 0, (int) bytes());
        }

        @Override
        public String description() {
            return Arrays.toString(stored) + " " + Arrays.toString(axes) + packing.description() + " of ("
                    + inner.description() + Arrays.toString(inner.axes()) + ") " + index;
        }
    }

    /** How many bytes these elements take. */
    static long product(int[] shape, int elementBytes) {
        long bytes = elementBytes;
        for (int length : shape) {
            bytes *= length;
        }
        return bytes;
    }

    /**
     * Refuses boxes that could not be decoded in one piece.
     *
     * @throws UnsupportedFeatureException for more than a Java array or half of the heap can hold
     */
    static int[] checked(long[] shape, int elementBytes, String location) {
        int[] lengths = lengths(shape, elementBytes, location);
        requireHeap(product(lengths, elementBytes), location);
        return lengths;
    }

    /**
     * Refuses boxes that could not be decoded in one piece, unless they can be decoded part by part.
     *
     * @throws UnsupportedFeatureException for more than a Java array can hold, or half of the heap at once
     */
    static int[] checked(long[] shape, int elementBytes, CodecChain packing, String location) {
        return packing.isBlosc() ? lengths(shape, elementBytes, location) : checked(shape, elementBytes, location);
    }

    /**
     * Refuses a chunk that takes too much memory, before any of it is decoded.
     *
     * @param bytes of a chunk, or of a part of one that is decoded in one piece
     * @throws UnsupportedFeatureException for more than half of the heap
     */
    static void requireHeap(long bytes, String location) {
        if (bytes > Runtime.getRuntime().maxMemory() / HEAP_SHARE) {
            throw tooLarge(bytes, "more than half of the heap", location);
        }
    }

    /** Returns the complaint about a chunk that does not fit into memory. */
    static UnsupportedFeatureException tooLarge(long bytes, String than, String location) {
        return new UnsupportedFeatureException("a chunk of " + location + " takes " + bytes + " bytes, " + than + " of "
                + Runtime.getRuntime().maxMemory() + " bytes; give the program a larger one with -Xmx");
    }

    private static int[] lengths(long[] shape, int elementBytes, String location) {
        long bytes = elementBytes;
        int[] lengths = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] < 1 || shape[i] > Integer.MAX_VALUE - 16 || bytes > Integer.MAX_VALUE - 16) {
                throw new UnsupportedFeatureException(
                        "the chunks of " + location + ", " + Arrays.toString(shape) + ", take more than 2 GiB each");
            }
            lengths[i] = (int) shape[i];
            bytes *= shape[i];
        }
        if (bytes > Integer.MAX_VALUE - 16) {
            throw new UnsupportedFeatureException(
                    "the chunks of " + location + ", " + Arrays.toString(shape) + ", take more than 2 GiB each");
        }
        return lengths;
    }
}
