package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.copick.CopickContext;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a piece of work and prints a line for each repeat.
 *
 * <p>Preparation ends before the clock starts, and clean-up begins after it stops. In between, large results of earlier
 * repeats are garbage-collected, since Python frees objects immediately.
 */
final class Clock {
    private static final double NANOS = 1e9;
    private static final double LONGEST_WARM_UP_SECONDS = 30;
    private static final int WARM_UP_CALLS = 3;
    private static final long LARGE = 64 << 20;
    private static final int CALLS_ENOUGH = 5_000;

    private final Spec spec;
    private boolean large;
    private long pausedNanos;
    private long pausedCpuNanos;

    Clock(Spec spec) {
        this.spec = spec;
    }

    /** The timed work, on a prepared value, in its own context. */
    interface Work<A, R> {
        R with(CopickContext context, A prepared) throws IOException;
    }

    /** Prepares a repeat before the clock starts. */
    interface Preparation<A> {
        A with(CopickContext context) throws IOException;
    }

    /** Describes a result, besides its time. */
    record Result<R>(
            Function<R, @Nullable String> check,
            Function<R, Long> bytes,
            Function<R, @Nullable String> note,
            Cleanup<R> cleanup) {
        static <R> Result<R> of(Function<R, @Nullable String> check, long bytes) {
            return new Result<>(check, result -> bytes, result -> null, result -> {});
        }
    }

    /** Cleans up after the clock has stopped. */
    interface Cleanup<R> {
        void of(R result) throws IOException;
    }

    <R> void time(Work<Boolean, R> work, Result<R> said) throws IOException {
        time(context -> true, work, said);
    }

    <A, R> void time(Preparation<A> preparation, Work<A, R> work, Result<R> said) throws IOException {
        String warmUp = spec.isFresh() ? null : warmUp(preparation, work, said);
        double spent = 0;
        for (int repeat = 0; repeat < spec.repeats(); repeat++) {
            Measured measured = once(preparation, work, said, repeat, warmUp);
            System.out.println("@" + measured.line);
            spent += measured.seconds;
            if (spent + measured.seconds > spec.budgetSeconds()) {
                return;
            }
        }
    }

    /** Runs an action within the timed work that does not count, such as a checksum. No other thread may work then. */
    void pause(Runnable action) {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        action.run();
        pausedNanos += System.nanoTime() - start;
        pausedCpuNanos += cpuNanos() - cpu;
    }

    /** Warms up with exactly the work of the repeats, so that the measuring code is warm, too. */
    private <A, R> String warmUp(Preparation<A> preparation, Work<A, R> work, Result<R> said) throws IOException {
        long begin = System.nanoTime();
        double worked = 0;
        int calls = 0;
        while (calls < CALLS_ENOUGH && (calls < WARM_UP_CALLS || worked < spec.warmUpSeconds())) {
            worked += once(preparation, work, said, calls, null).seconds;
            calls++;
            if ((System.nanoTime() - begin) / NANOS > LONGEST_WARM_UP_SECONDS) {
                break;
            }
        }
        return "after " + calls + " calls of warm-up";
    }

    /**
     * One repeat.
     *
     * @param line the line to print
     */
    private record Measured(double seconds, String line) {}

    private <A, R> Measured once(
            Preparation<A> preparation, Work<A, R> work, Result<R> said, int repeat, @Nullable String warmUp)
            throws IOException {
        try (CopickContext context = Opening.context(spec)) {
            A prepared = preparation.with(context);
            if (!spec.isFresh() && large) {
                System.gc();
            }
            proxy("reset");
            pausedNanos = 0;
            pausedCpuNanos = 0;
            long moved = bytesOfProcess();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            R result = work.with(context, prepared);
            double seconds = (System.nanoTime() - start - pausedNanos) / NANOS;
            double cpuSeconds = (cpuNanos() - cpu - pausedCpuNanos) / NANOS;
            moved = bytesOfProcess() - moved;
            ObjectNode line = Spec.MAPPER.createObjectNode();
            line.put("repeat", repeat).put("seconds", seconds).put("cpu_seconds", cpuSeconds);
            describe(line, moved, said, result);
            if (repeat == 0 || spec.isFresh()) {
                String check = said.check().apply(result);
                if (check != null) {
                    line.put("check", check);
                }
            }
            note(line, said.note().apply(result), warmUp);
            said.cleanup().of(result);
            large = said.bytes().apply(result) > LARGE;
            return new Measured(seconds, line.toString());
        }
    }

    private <R> void describe(ObjectNode line, long moved, Result<R> said, R result) {
        if (spec.isRemote()) {
            JsonNode seen = proxy("stats");
            line.put(
                    "bytes_moved",
                    seen.path("bytes_up").asLong() + seen.path("bytes_down").asLong());
            line.set("requests", seen.path("requests"));
            line.set("connections", seen.path("connections"));
            line.set("methods", seen.path("methods"));
        } else {
            line.put("bytes_moved", moved);
        }
        line.put("bytes_out", said.bytes().apply(result)).put("peak_rss_mib", peakMebibytes());
    }

    private static void note(ObjectNode line, @Nullable String note, @Nullable String warmUp) {
        if (note != null || warmUp != null) {
            line.put("note", note == null ? warmUp : warmUp == null ? note : note + ", " + warmUp);
        }
    }

    private JsonNode proxy(String what) {
        if (!spec.isRemote()) {
            return Spec.MAPPER.createObjectNode();
        }
        int control = spec.remote().path("control").asInt();
        try (InputStream in =
                URI.create("http://127.0.0.1:" + control + "/" + what).toURL().openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.startsWith("{") ? Spec.MAPPER.readTree(text) : Spec.MAPPER.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Returns the number of bytes passed to read and write calls. */
    private static long bytesOfProcess() {
        return number("/proc/self/io", "rchar:") + number("/proc/self/io", "wchar:");
    }

    private static long peakMebibytes() {
        return number("/proc/self/status", "VmHWM:") >> 10;
    }

    private static long number(String file, String field) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0; // this system has no such file
        }
    }
}
