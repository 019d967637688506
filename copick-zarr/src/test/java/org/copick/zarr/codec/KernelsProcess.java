package org.copick.zarr.codec;

import java.util.Arrays;
import java.util.Random;

/**
 * A process that compares vector kernels with plain ones, before and after the JVM has compiled them. It prints which
 * kernels it has.
 */
final class KernelsProcess {
    private static final int LONGEST = 200;
    private static final int MARGIN = 3;

    private final Kernels plain = new PlainKernels();
    private final Kernels vectors;
    private final Random random;

    private KernelsProcess(Kernels vectors, long seed) {
        this.vectors = vectors;
        this.random = new Random(seed);
    }

    /** Prints the vector kernels that are used at last, or why there are none. */
    public static void main(String[] arguments) {
        Kernels vectors = FastestKernels.vectors().orElse(null);
        if (vectors == null) {
            System.out.println("none: " + FastestKernels.KERNELS + reason());
            return;
        }
        KernelsProcess process = new KernelsProcess(vectors, Long.parseLong(arguments[0]));
        process.compare();
        WarmedKernels warmed = new WarmedKernels(process.plain, vectors);
        warmed.warm(WarmedKernels.ROUNDS);
        process.compare();
        System.out.println(warmed);
    }

    /** Returns why this machine cannot create vector kernels; empty if it can, or if the JVM has not been asked to. */
    private static String reason() {
        try {
            return Class.forName("org.copick.zarr.codec.VectorKernels")
                    .getDeclaredConstructor()
                    .newInstance()
                    .toString()
                    .substring(0, 0);
        } catch (ReflectiveOperationException e) {
            return ": " + e.getCause();
        } catch (LinkageError e) {
            return "";
        }
    }

    /** Compares the kernels on every number of elements at several places. */
    private void compare() {
        for (int bytes : new int[] {1, 2, 3, 4, 8, 16}) {
            for (int n = 0; n <= LONGEST; n++) {
                for (int at = 0; at < MARGIN; at++) {
                    compare(bytes, n, at);
                }
            }
        }
    }

    private void compare(int bytes, int n, int at) {
        int apart = n + random.nextInt(MARGIN);
        byte[] from = new byte[at + Math.max(n, apart) * bytes + MARGIN];
        random.nextBytes(from);
        byte[] expected = new byte[from.length + MARGIN];
        byte[] found = expected.clone();
        plain.unshuffle(from, at, apart, expected, 1, n, bytes);
        vectors.unshuffle(from, at, apart, found, 1, n, bytes);
        check(Arrays.equals(expected, found), "unshuffles", n, bytes);
        plain.shuffle(from, at, expected, 2, apart, n, bytes);
        vectors.shuffle(from, at, found, 2, apart, n, bytes);
        check(Arrays.equals(expected, found), "shuffles", n, bytes);
        if (bytes == Float.BYTES) {
            float[] floats = new float[n + MARGIN];
            float[] others = floats.clone();
            plain.unshuffle(from, at, apart, floats, 1, n);
            vectors.unshuffle(from, at, apart, others, 1, n);
            check(Arrays.equals(bits(floats), bits(others)), "unshuffles to floats", n, bytes);
            float[] pairs = new float[2 * n + MARGIN];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = random.nextFloat();
            }
            System.arraycopy(floats, 0, others, 0, floats.length);
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = random.nextInt(9) == 0 ? -0f : random.nextFloat() - 0.5f;
            }
            plain.addPairs(pairs, floats, n);
            vectors.addPairs(pairs, others, n);
            check(Arrays.equals(bits(floats), bits(others)), "adds pairs of", n, bytes);
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    private static void check(boolean holds, String what, int n, int bytes) {
        if (!holds) {
            throw new IllegalStateException(
                    what + " " + n + " elements of " + bytes + " bytes otherwise than plain Java");
        }
    }
}
