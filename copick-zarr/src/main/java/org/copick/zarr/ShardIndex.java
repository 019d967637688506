package org.copick.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.copick.cache.Weighed;
import org.copick.storage.ByteRange;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Codecs;
import org.copick.zarr.codec.Slice;

/** The index of a shard: an offset and a length for each inner chunk; all bits are set if the chunk is not stored. */
final class ShardIndex implements Weighed {
    private static final int ENTRY = 16;
    private static final int CHECKSUM = 4;
    static final long MISSING = -1;

    private final long[] offsets;
    private final int[] lengths;

    private ShardIndex(long[] offsets, int[] lengths) {
        this.offsets = offsets;
        this.lengths = lengths;
    }

    /**
     * The format of an index.
     *
     * @param count the number of inner chunks
     * @param order the byte order of its numbers
     * @param checked whether a checksum follows
     * @param atEnd whether the index is at the end of the shard or at its beginning
     */
    record Format(int count, ByteOrder order, boolean checked, boolean atEnd) {
        /** Returns the number of bytes of the index. */
        int length() {
            return count * ENTRY + (checked ? CHECKSUM : 0);
        }

        /** Returns the range of the shard that holds the index. */
        ByteRange range() {
            return atEnd ? ByteRange.last(length()) : ByteRange.of(0, length());
        }

        /**
         * Assembles a shard that fits into memory.
         *
         * @param parts the packed inner chunks by number, without those that are not stored
         */
        byte[] assemble(Map<Integer, Slice> parts) {
            long total = length();
            for (Slice part : parts.values()) {
                total += part.length();
            }
            byte[] shard = new byte[Math.toIntExact(total)];
            long[] offsets = new long[count];
            long[] lengths = new long[count];
            Arrays.fill(offsets, MISSING);
            Arrays.fill(lengths, MISSING);
            int at = atEnd ? 0 : length();
            for (Map.Entry<Integer, Slice> entry : new TreeMap<>(parts).entrySet()) {
                Slice part = entry.getValue();
                offsets[entry.getKey()] = at;
                lengths[entry.getKey()] = part.length();
                System.arraycopy(part.bytes(), part.from(), shard, at, part.length());
                at += part.length();
            }
            System.arraycopy(bytes(offsets, lengths), 0, shard, atEnd ? at : 0, length());
            return shard;
        }

        /**
         * Returns the bytes of an index. Offsets and lengths are {@link #MISSING} for inner chunks that are not stored.
         */
        byte[] bytes(long[] offsets, long[] lengths) {
            ByteBuffer index = ByteBuffer.allocate(count * ENTRY).order(order);
            for (int i = 0; i < count; i++) {
                index.putLong(offsets[i]).putLong(lengths[i]);
            }
            return checked ? Codecs.withCrc32c(index.array()) : index.array();
        }

        /** Parses the index of a shard from the whole shard. */
        ShardIndex parse(Slice shard) throws CodecException {
            if (shard.length() < length()) {
                throw new CodecException("a shard of " + shard.length() + " bytes has no index");
            }
            return parse(shard.part(atEnd ? shard.length() - length() : 0, length()), shard.length());
        }

        /**
         * Parses an index.
         *
         * @param index the bytes of the index
         * @param shardLength the length of the shard, which all inner chunks must lie within
         */
        ShardIndex parse(Slice index, long shardLength) throws CodecException {
            if (index.length() != length()) {
                throw new CodecException("the index of a shard has " + index.length() + " bytes, not " + length());
            }
            if (checked) {
                Codecs.checkCrc32c(index);
            }
            ByteBuffer numbers = index.buffer(order);
            long[] offsets = new long[count];
            int[] lengths = new int[count];
            for (int i = 0; i < count; i++) {
                long offset = numbers.getLong(ENTRY * i);
                long length = numbers.getLong(ENTRY * i + 8);
                if (offset == MISSING && length == MISSING) {
                    offsets[i] = MISSING;
                    continue;
                }
                if (offset < 0 || length < 0 || length > Integer.MAX_VALUE - 16 || offset > shardLength - length) {
                    throw new CodecException("the index of a shard points outside the shard");
                }
                offsets[i] = offset;
                lengths[i] = (int) length;
            }
            return new ShardIndex(offsets, lengths);
        }
    }

    boolean isMissing(int part) {
        return offsets[part] == MISSING;
    }

    long offset(int part) {
        return offsets[part];
    }

    int length(int part) {
        return lengths[part];
    }

    /** Returns the bytes of an inner chunk of a shard that is completely in memory. */
    Slice part(int part, Slice shard) {
        return shard.part((int) offsets[part], lengths[part]);
    }

    @Override
    public int weight() {
        return 12 * offsets.length;
    }
}
