package org.copick.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Java and native code pack and unpack the same zstd chunks. */
class ZstdEngineTest {
    private static final long SEED = 22;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1000, 131_071, 131_072, 131_073, 3_000_000})
    void eachUnpacksWhatTheOtherPacks(int length) throws CodecException {
        byte[] plain = elements(length);
        for (ZstdEngine packing : ZstdEngine.values()) {
            byte[] packed = packing.compress(new Slice(plain, 0, length));
            for (ZstdEngine unpacking : ZstdEngine.values()) {
                assertUnpacks(plain, packed, unpacking, packing + " to " + unpacking + ", seed " + SEED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ZstdEngine.class)
    void everyLevelIsUnpacked(ZstdEngine engine) throws CodecException {
        byte[] plain = elements(1_000_000);
        for (int level : new int[] {-7, 1, 3, 6, 12, 19, 22}) {
            assertUnpacks(plain, Zstd.compress(plain, level), engine, "level " + level);
        }
    }

    @ParameterizedTest
    @EnumSource(ZstdEngine.class)
    void framesWithoutLengthWithChecksumAndOneAfterTheOtherAreUnpacked(ZstdEngine engine) throws Exception {
        byte[] plain = elements(1_000_000);
        assertUnpacks(plain, streamed(plain, 0, plain.length), engine, "one frame");
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(streamed(plain, 0, 300_000));
        two.writeBytes(Zstd.compress(Arrays.copyOfRange(plain, 300_000, plain.length)));
        assertUnpacks(plain, two.toByteArray(), engine, "two frames");
    }

    @ParameterizedTest
    @EnumSource(ZstdEngine.class)
    void damageIsRefused(ZstdEngine engine) throws IOException {
        byte[] plain = elements(100_000);
        byte[] packed = streamed(plain, 0, plain.length);
        byte[] cut = Arrays.copyOf(packed, packed.length - 9);
        byte[] wrong = packed.clone();
        wrong[wrong.length - 1] ^= 1;
        byte[] room = new byte[plain.length];
        for (byte[] damaged : new byte[][] {cut, wrong, {1, 2, 3}}) {
            assertThrows(CodecException.class, () -> engine.decompress(Slice.of(damaged), room, 0, room.length));
        }
        assertThrows(CodecException.class, () -> engine.decompress(Slice.of(packed), room, 0, room.length - 1));
    }

    @Test
    void anythingOrACodecExceptionComesOutOfMutatedFrames() {
        Random random = new Random(SEED);
        byte[] packed = Zstd.compress(elements(20_000));
        byte[] room = new byte[20_000];
        for (int i = 0; i < 2000; i++) {
            byte[] mutated = Arrays.copyOf(packed, packed.length - (i % 3 == 0 ? random.nextInt(packed.length) : 0));
            for (int change = random.nextInt(4); change >= 0 && mutated.length > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            try {
                ZstdEngine.JAVA.decompress(Slice.of(mutated), room, 0, room.length);
            } catch (CodecException e) {
                // expected; any other exception fails the test, which uses SEED
            }
        }
    }

    @Test
    void whatJavaCannotDoIsToldWithTheRemedy() {
        byte[] skipped = {0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0};
        CodecException refused = assertThrows(
                CodecException.class, () -> ZstdEngine.JAVA.decompress(Slice.of(skipped), new byte[9], 0, 9));
        assertTrue(String.valueOf(refused.getMessage()).contains("java.io.tmpdir"), refused::toString);
    }

    private static void assertUnpacks(byte[] plain, byte[] packed, ZstdEngine engine, String of) throws CodecException {
        byte[] framed = new byte[packed.length + 5];
        System.arraycopy(packed, 0, framed, 3, packed.length);
        byte[] room = new byte[plain.length + 4];
        int size = engine.decompress(new Slice(framed, 3, packed.length), room, 2, plain.length);
        assertEquals(plain.length, size, of);
        assertArrayEquals(plain, Arrays.copyOfRange(room, 2, 2 + size), of);
        assertEquals(0, room[0] | room[1] | room[size + 2] | room[size + 3], of + ": written outside of its place");
    }

    /** Returns a frame with a checksum and without a length. */
    private static byte[] streamed(byte[] plain, int from, int to) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
            out.setChecksum(true);
            out.write(plain, from, to - from);
        }
        return packed.toByteArray();
    }

    /** Returns bytes with repetitions, literals and long distances. */
    private static byte[] elements(int length) {
        Random random = new Random(SEED);
        byte[] elements = new byte[length];
        for (int i = 0; i < length; i++) {
            elements[i] = i % 1000 < 400 && i > 700 ? elements[i - 1 - i % 699] : (byte) random.nextInt(20);
        }
        return elements;
    }
}
