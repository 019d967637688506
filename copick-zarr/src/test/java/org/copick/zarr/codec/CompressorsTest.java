package org.copick.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that streams of other compressors are read and that damaged streams are reported. */
class CompressorsTest {
    /** An empty stream as written by Python's bz2. */
    private static final byte[] EMPTY = {'B', 'Z', 'h', '9', 0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90, 0, 0, 0, 0};

    @Test
    void bz2StreamsMayFollowEachOther() throws CodecException {
        byte[] elements = new byte[300_000];
        new Random(1).nextBytes(elements);
        for (int[] cuts : new int[][] {{}, {0}, {1}, {100}, {100, 100}, {1, 2, 150_000, 299_999}, {300_000}}) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            int from = 0;
            for (int cut : cuts) {
                packed.writeBytes(bz2(elements, from, cut));
                from = cut;
            }
            packed.writeBytes(bz2(elements, from, elements.length));
            byte[] out = new byte[elements.length];
            assertEquals(out.length, Compressors.BZ2.decode(Slice.of(packed.toByteArray()), out, 0, out.length));
            assertArrayEquals(elements, out, Arrays.toString(cuts));
        }
    }

    @Test
    void aDamagedLaterStreamIsRefused() {
        byte[] elements = new byte[1000];
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(bz2(elements, 0, 500));
        packed.writeBytes(bz2(elements, 500, 1000));
        byte[] whole = packed.toByteArray();
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        assertThrows(CodecException.class, () -> Compressors.BZ2.decode(Slice.of(cut), new byte[1000], 0, 1000));
        CodecException tooMuch = assertThrows(
                CodecException.class, () -> Compressors.BZ2.decode(Slice.of(whole), new byte[700], 0, 700));
        assertTrue(String.valueOf(tooMuch.getMessage()).contains("decodes to more than"), tooMuch::toString);
    }

    @Test
    void bloscKeepsBytesAfterTheLastWholeElement() throws CodecException {
        for (int length : new int[] {1, 5, 1003, 600_001}) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i / 3 % 5);
            }
            byte[] out = new byte[length];
            byte[] packed = new Blosc(4).encode(Slice.of(bytes));
            assertEquals(length, new Blosc(4).decode(Slice.of(packed), out, 0, length));
            assertArrayEquals(bytes, out, "of length " + length);
        }
    }

    @Test
    void aStreamThatIsCutOffIsSaidToBe() {
        byte[] packed = Compressors.GZIP.encode(Slice.of(new byte[1000]));
        for (int length : new int[] {0, 5, 15, packed.length - 9, packed.length - 1}) {
            CodecException refused = assertThrows(
                    CodecException.class,
                    () -> Compressors.GZIP.decode(new Slice(packed, 0, length), new byte[1000], 0, 1000));
            assertEquals("gzip: the stream is cut off", refused.getMessage(), "of length " + length);
        }
    }

    private static byte[] bz2(byte[] elements, int from, int to) {
        return from == to ? EMPTY : Compressors.BZ2.encode(new Slice(elements, from, to - from));
    }
}
