package org.copick.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A checksum of four little-endian bytes before or after the data.
 *
 * @param name the name of the checksum, for messages
 * @param sum creates a new calculation
 * @param before whether the checksum is before the data
 */
record Checksum(String name, Supplier<java.util.zip.Checksum> sum, boolean before) implements Codec {
    static final Checksum CRC32C_BEHIND = new Checksum("crc32c", CRC32C::new, false);
    static final Checksum CRC32C_BEFORE = new Checksum("crc32c", CRC32C::new, true);
    static final Checksum CRC32_BEHIND = new Checksum("crc32", CRC32::new, false);
    static final Checksum CRC32_BEFORE = new Checksum("crc32", CRC32::new, true);
    static final Checksum ADLER32_BEHIND = new Checksum("adler32", Adler32::new, false);
    static final Checksum ADLER32_BEFORE = new Checksum("adler32", Adler32::new, true);

    static final Checksum FLETCHER32_BEHIND = new Checksum("fletcher32", Fletcher32::new, false);

    private static final int BYTES = 4;

    /** Returns the content after verifying its checksum. */
    Slice checked(Slice packed) throws CodecException {
        int length = packed.length() - BYTES;
        if (length < 0) {
            throw new CodecException("it is too short for a checksum of " + BYTES + " bytes");
        }
        Slice content = packed.part(before ? BYTES : 0, length);
        java.util.zip.Checksum actual = sum.get();
        actual.update(content.bytes(), content.from(), length);
        int expected = packed.buffer(ByteOrder.LITTLE_ENDIAN).getInt(before ? 0 : length);
        if ((int) actual.getValue() != expected) {
            throw new CodecException("its checksum " + name + " does not match");
        }
        return content;
    }

    @Override
    public byte[] encode(Slice bytes) {
        java.util.zip.Checksum own = sum.get();
        own.update(bytes.bytes(), bytes.from(), bytes.length());
        ByteBuffer out = ByteBuffer.allocate(bytes.length() + BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.put(before ? BYTES : 0, bytes.bytes(), bytes.from(), bytes.length());
        out.putInt(before ? 0 : bytes.length(), (int) own.getValue());
        return out.array();
    }

    @Override
    public int decode(Slice packed, byte[] into, int at, int room) throws CodecException {
        Slice content = checked(packed);
        if (content.length() > room) {
            throw new CodecException("it has " + content.length() + " bytes, more than " + room);
        }
        System.arraycopy(content.bytes(), content.from(), into, at, content.length());
        return content.length();
    }

    @Override
    public long packedLength(long length) {
        return length + BYTES;
    }
}
