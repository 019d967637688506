package org.copick.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shuffling and unshuffling agree with a byte-by-byte implementation of the definition. */
class ShuffleTest {
    private static final long SEED = 9;

    private final Random random = new Random(SEED);

    @Test
    void shufflesAndUnshufflesAnyLengthAtAnyPlace() {
        for (int elementBytes : new int[] {1, 2, 3, 4, 8, 16}) {
            for (int round = 0; round < 60; round++) {
                int at = random.nextInt(5);
                int length = random.nextInt(round < 30 ? 40 : 2000);
                byte[] from = new byte[at + length + 3];
                random.nextBytes(from);
                byte[] expected = byDefinition(Arrays.copyOfRange(from, at, at + length), elementBytes);

                byte[] shuffled = new byte[length];
                Shuffle.shuffle(from, at, shuffled, length, elementBytes);
                assertArrayEquals(expected, shuffled, () -> length + " bytes, elements of " + elementBytes);

                byte[] packed = new byte[at + length];
                System.arraycopy(shuffled, 0, packed, at, length);
                byte[] back = new byte[length + 7];
                Shuffle.unshuffle(packed, at, back, 5, length, elementBytes);
                assertArrayEquals(Arrays.copyOfRange(from, at, at + length), Arrays.copyOfRange(back, 5, 5 + length));
                assertEquals(0, back[4] | back[5 + length], "nothing else is written");
            }
        }
    }

    @Test
    void shuffledFloatsAreCopiedWhereTheyAreWanted() {
        for (int round = 0; round < 300; round++) {
            int elements = 1 + random.nextInt(200);
            byte[] plain = new byte[4 * elements];
            random.nextBytes(plain);
            byte[] shuffled = new byte[3 + plain.length];
            byte[] sorted = byDefinition(plain, 4);
            System.arraycopy(sorted, 0, shuffled, 3, sorted.length);
            int fromStep = 1 + random.nextInt(round % 2 == 0 ? 1 : 4);
            int toStep = 1 + random.nextInt(round % 3 == 0 ? 1 : 3);
            int from = random.nextInt(elements);
            int n = 1 + random.nextInt((elements - 1 - from) / fromStep + 1);
            int to = random.nextInt(4);

            float[] into = new float[to + n * toStep + 2];
            new Unpacked(new Slice(shuffled, 3, plain.length), true).copyFloats(from, fromStep, into, to, toStep, n);

            float[] expected = new float[into.length];
            ByteBuffer floats = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < n; i++) {
                expected[to + i * toStep] = floats.getFloat(4 * (from + i * fromStep));
            }
            assertEquals(bits(expected), bits(into), "round " + round);
        }
    }

    private static String bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return Arrays.toString(bits);
    }

    private static byte[] byDefinition(byte[] bytes, int elementBytes) {
        int elements = bytes.length / elementBytes;
        byte[] shuffled = bytes.clone();
        for (int i = 0; i < elements; i++) {
            for (int b = 0; b < elementBytes; b++) {
                shuffled[b * elements + i] = bytes[i * elementBytes + b];
            }
        }
        return shuffled;
    }
}
