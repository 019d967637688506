package org.copick.zarr.codec;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain kernels that vector kernels replace as soon as they are quicker.
 *
 * <p>Before the JVM has compiled calls of its vector interface, they take a hundred times as long as plain code. So a
 * thread of its own runs the vector kernels on small arrays until they beat the plain ones, and compares the results. If
 * they differ, fail, or stay slow, the plain kernels remain.
 */
final class WarmedKernels implements Kernels {
    private static final Logger LOG = LoggerFactory.getLogger(WarmedKernels.class);

    /** The time before the thread begins, so that it does not slow down short programs. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    /** Rounds of a heat. The JVM compiles a method with its optimising compiler after some 600 calls. */
    static final int ROUNDS = 1000;

    private static final int HEATS = 20;
    /** Heats to win in a row. The first may be won because plain kernels are not compiled yet. */
    private static final int WINS = 2;

    private static final int ELEMENTS = 1 << 10;
    private static final List<Integer> ELEMENT_BYTES = List.of(2, 4, 8);

    private final Kernels plain;
    private final Kernels vectors;
    private volatile Kernels current;

    WarmedKernels(Kernels plain, Kernels vectors) {
        this.plain = plain;
        this.vectors = vectors;
        this.current = plain;
    }

    /** Starts the thread that prepares the vector kernels. */
    WarmedKernels start() {
        Thread thread = new Thread(this::run, "copick-vector-kernels");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            LOG.debug("no thread to prepare vector kernels; using plain ones", e);
        }
        return this;
    }

    private void run() {
        try {
            Thread.sleep(DELAY.toMillis());
            warm(ROUNDS);
        } catch (InterruptedException e) {
            LOG.debug("interrupted before vector kernels were ready; using plain ones", e);
        }
    }

    /** Runs the vector kernels in heats of so many rounds until they are quicker than the plain ones, and then uses them. */
    void warm(int rounds) {
        try {
            Trial ofPlain = new Trial(plain);
            Trial ofVectors = new Trial(vectors);
            int wins = 0;
            for (int heat = 1; heat <= HEATS && wins < WINS; heat++) {
                long ahead = 0;
                for (int round = 0; round < rounds; round++) {
                    ahead += ofPlain.run() - ofVectors.run();
                }
                if (!ofVectors.equalsResults(ofPlain)) {
                    LOG.warn("vector kernels give other results than plain ones on this JVM; using plain ones");
                    return;
                }
                wins = ahead > 0 ? wins + 1 : 0;
            }
            if (wins == WINS) {
                current = vectors;
            }
            LOG.debug("using {} after comparing them with {}", current, wins == WINS ? plain : vectors);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("vector kernels fail on this JVM; using plain ones", e);
        }
    }

    @Override
    public void unshuffle(byte[] from, int at, int apart, byte[] into, int to, int n, int elementBytes) {
        current.unshuffle(from, at, apart, into, to, n, elementBytes);
    }

    @Override
    public void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n) {
        current.unshuffle(from, at, apart, into, to, n);
    }

    @Override
    public void shuffle(byte[] from, int at, byte[] into, int to, int apart, int n, int elementBytes) {
        current.shuffle(from, at, into, to, apart, n, elementBytes);
    }

    @Override
    public void addPairs(float[] row, float[] sums, int n) {
        current.addPairs(row, sums, n);
    }

    /** {@return the kernels in use} */
    @Override
    public String toString() {
        return current.toString();
    }

    /** All kernels on the same random elements, with room for their results. */
    private static final class Trial {
        private final Kernels kernels;
        private final byte[] elements = new byte[8 * ELEMENTS];
        private final byte[] shuffled = new byte[ELEMENT_BYTES.size() * elements.length];
        private final byte[] ordered = new byte[shuffled.length];
        private final float[] floats = new float[ELEMENTS];
        private final float[] sums = new float[ELEMENTS / 2];

        Trial(Kernels kernels) {
            this.kernels = kernels;
            new Random(1).nextBytes(elements);
        }

        /** Runs each kernel once, and returns the nanoseconds that took. */
        long run() {
            long start = System.nanoTime();
            int to = 0;
            for (int bytes : ELEMENT_BYTES) {
                kernels.shuffle(elements, 0, shuffled, to, ELEMENTS, ELEMENTS, bytes);
                kernels.unshuffle(elements, 0, ELEMENTS, ordered, to, ELEMENTS, bytes);
                to += elements.length;
            }
            kernels.unshuffle(elements, 0, ELEMENTS, floats, 0, ELEMENTS);
            Arrays.fill(sums, 1);
            kernels.addPairs(floats, sums, ELEMENTS / 2);
            return System.nanoTime() - start;
        }

        boolean equalsResults(Trial other) {
            return Arrays.equals(shuffled, other.shuffled)
                    && Arrays.equals(ordered, other.ordered)
                    && Arrays.equals(floats, other.floats)
                    && Arrays.equals(sums, other.sums);
        }
    }
}
