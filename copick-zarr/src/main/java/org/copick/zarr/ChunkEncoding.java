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
 * The encoding of a box of elements as bytes: of a chunk, a shard, or a chunk within a shard. Elements are stored in C
 * order of the box's <em>stored axes</em>, which are the axes of the surrounding array or shard, possibly in another
 * order.
 */
sealed interface ChunkEncoding permits ChunkEncoding.Plain, ChunkEncoding.Sharded {
    /** Denominator of the largest heap fraction that one decoded box may take: half. */
    int HEAP_SHARE = 2;

    /** Returns the number of elements along each stored axis. */
    int[] stored();

    /** Returns, for each stored axis, the axis of the surrounding array or shard. */
    int[] axes();

    /** Returns the codecs applied to the bytes before they were stored. */
    CodecChain packing();

    /** Returns the byte order of elements. */
    ByteOrder order();

    /** Returns the number of bytes of the decoded elements. */
    long bytes();

    /** Returns the maximum number of bytes that a reasonable encoder stores for a box. */
    long mostStored();

    /**
     * Decodes a whole box.
     *
     * @param fill an element that is not stored
     * @param room allocates an array of {@link #bytes} bytes; not called for bytes that are stored without codecs
     * @return the elements in stored order
     */
    Slice decode(Slice packed, byte[] fill, IntFunction<byte[]> room) throws CodecException;

    /** Returns a text that is equal for chunk encodings that decode equally. */
    String description();

    /**
     * A chunk: elements one after the other.
     *
     * @param elementBytes the number of bytes of an element
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
        public long mostStored() {
            return packing.mostPacked(bytes());
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
     * A shard: inner chunks that are encoded one by one, and an index of their positions.
     *
     * @param inner the encoding of each inner chunk, whose surrounding axes are the shard's stored axes
     * @param innerShape the shape of an inner chunk along the shard's stored axes
     * @param index the format and place of the index
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

        /** Returns the number of inner chunks. */
        int innerCount() {
            int count = 1;
            for (int i = 0; i < stored.length; i++) {
                count *= stored[i] / innerShape[i];
            }
            return count;
        }

        /** Returns the start of an inner chunk along the shard's stored axes. */
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

        @Override
        public long mostStored() {
            return packing.mostPacked(mostAssembled());
        }

        private long mostAssembled() {
            return innerCount() * inner.mostStored() + index.length();
        }

        /** Returns the maximum number of bytes of a shard before its own codecs are applied. */
        long mostBytes() {
            return Math.min(
                    Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 4), mostAssembled());
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

    /** Returns the number of bytes of the elements of a box. */
    static long product(int[] shape, int elementBytes) {
        long bytes = elementBytes;
        for (int length : shape) {
            bytes *= length;
        }
        return bytes;
    }

    /**
     * Checks that a box can be decoded in one piece.
     *
     * @return the shape
     * @throws UnsupportedFeatureException for a box of more than 2 GiB, the limit of a Java array, or more than half of
     *     the heap
     */
    static int[] checked(long[] shape, int elementBytes, String location) {
        int[] lengths = lengths(shape, elementBytes, location);
        requireHeap(product(lengths, elementBytes), location);
        return lengths;
    }

    /**
     * Checks that a box can be decoded in one piece, or part by part if its codecs allow that.
     *
     * @return the shape
     * @throws UnsupportedFeatureException for a box of more than 2 GiB, or one that takes more than half of the heap at
     *     once
     */
    static int[] checked(long[] shape, int elementBytes, CodecChain packing, String location) {
        return packing.isBlosc() ? lengths(shape, elementBytes, location) : checked(shape, elementBytes, location);
    }

    /**
     * Checks that a chunk does not take too much memory, before any of it is decoded.
     *
     * @param bytes the size of a chunk, or of a part of a chunk that is decoded in one piece
     * @throws UnsupportedFeatureException for more than half of the heap
     */
    static void requireHeap(long bytes, String location) {
        if (bytes > Runtime.getRuntime().maxMemory() / HEAP_SHARE) {
            throw tooLarge(bytes, "more than half of the heap", location);
        }
    }

    /** Returns the exception for a chunk that does not fit into memory. */
    static UnsupportedFeatureException tooLarge(long bytes, String than, String location) {
        return new UnsupportedFeatureException("a chunk of " + location + " takes " + bytes + " bytes, " + than + " of "
                + Runtime.getRuntime().maxMemory() + " bytes; give the program a larger heap with -Xmx");
    }

    /**
     * Checks that a box fits into a Java array.
     *
     * @return the shape
     * @throws UnsupportedFeatureException for a box of more than 2 GiB
     */
    static int[] lengths(long[] shape, int elementBytes, String location) {
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
