package org.copick.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vector kernels are used where the JVM has them and they are equal and quicker; otherwise plain ones are. */
@Timeout(120)
class KernelsTest {
    private static final long SEED = 4;
    private static final int FEW = 3;

    private final Kernels plain = new PlainKernels();

    @Test
    void vectorKernelsEqualPlainOnes() throws Exception {
        String found = process("--add-modules", "jdk.incubator.vector");

        // the JVM says on its first line that it uses an incubator module
        String last = found.substring(found.lastIndexOf('\n') + 1);
        boolean hasVectors = Runtime.version().feature() >= 21 && !found.contains("registers have");
        assertTrue(last.startsWith(hasVectors ? "vector kernels of " : "none: plain kernels"), found);
        System.out.println("kernels of Java " + Runtime.version().feature() + ", seed " + SEED + ": " + last);
    }

    @Test
    void withoutTheModuleTheyArePlain() throws Exception {
        assertEquals("none: plain kernels", process());
    }

    @Test
    void withoutTheOptimisingCompilerTheyArePlain() throws Exception {
        String found = process("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1");
        assertTrue(found.endsWith("none: plain kernels"), found);
    }

    @Test
    void quickerKernelsAreUsed() {
        assertEquals("quick", warmed(new Slow(), new Named("quick"), FEW));
    }

    @Test
    void slowerKernelsAreNotUsed() {
        assertEquals("plain kernels", warmed(plain, new Slow(), FEW));
    }

    @Test
    void kernelsWithOtherResultsAreNotUsed() {
        Kernels wrong = new Named("wrong") {
            @Override
            public void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n) {
                super.unshuffle(from, at, apart, into, to, n);
                into[to + n - 1] = -into[to + n - 1];
            }
        };
        assertEquals("slow", warmed(new Slow(), wrong, FEW));
    }

    @Test
    void kernelsThatFailAreNotUsed() {
        Kernels failing = new Named("failing") {
            @Override
            public void shuffle(byte[] from, int at, byte[] into, int to, int apart, int n, int elementBytes) {
                throw new UnsupportedOperationException("no such instruction");
            }
        };
        assertEquals("slow", warmed(new Slow(), failing, FEW));
    }

    private static String warmed(Kernels plain, Kernels vectors, int rounds) {
        WarmedKernels warmed = new WarmedKernels(plain, vectors);
        warmed.warm(rounds);
        return warmed.toString();
    }

    private static String process(String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), KernelsProcess.class.getName(), Long.toString(SEED)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** Plain kernels under another name. */
    private static class Named implements Kernels {
        private final Kernels plain = new PlainKernels();
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void unshuffle(byte[] from, int at, int apart, byte[] into, int to, int n, int elementBytes) {
            plain.unshuffle(from, at, apart, into, to, n, elementBytes);
        }

        @Override
        public void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n) {
            plain.unshuffle(from, at, apart, into, to, n);
        }

        @Override
        public void shuffle(byte[] from, int at, byte[] into, int to, int apart, int n, int elementBytes) {
            plain.shuffle(from, at, into, to, apart, n, elementBytes);
        }

        @Override
        public void addPairs(float[] row, float[] sums, int n) {
            plain.addPairs(row, sums, n);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Kernels that wait before one of their calls. */
    private static final class Slow extends Named {
        private static final long PAUSE_MS = 20;

        Slow() {
            super("slow");
        }

        @Override
        public void unshuffle(byte[] from, int at, int apart, float[] into, int to, int n) {
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            super.unshuffle(from, at, apart, into, to, n);
        }
    }
}
