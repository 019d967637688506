package org.copick.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Java program that a test runs in another process, with the class path of the tests.
 *
 * <p>It keeps the last lines of both outputs, so that a failure can show how the program ended.
 */
final class OtherProcess implements AutoCloseable {
    /** Longest wait for a line or for the end, in seconds; reached only by a program that hangs. */
    private static final long LONGEST_WAIT_SECONDS = 300;

    /** Number of shown lines of each output; an uncaught exception with its causes needs about that many. */
    private static final int SHOWN = 12;

    private final String name;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Deque<String> lastOutput = new ArrayDeque<>();
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private final CompletableFuture<Void> outputEnds;
    private final CompletableFuture<Void> errorsEnd;

    private OtherProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.outputEnds = follow(process.getInputStream(), lastOutput, lines);
        this.errorsEnd = follow(process.getErrorStream(), lastErrors, null);
    }

    /** Starts the main method of a class. */
    static OtherProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new OtherProcess(
                main.getSimpleName() + " " + String.join(" ", arguments), new ProcessBuilder(command).start());
    }

    private static CompletableFuture<Void> follow(
            InputStream stream, Deque<String> last, @Nullable LinkedBlockingQueue<String> lines) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            keep(line, last);
                            if (lines != null) {
                                lines.add(line);
                            }
                        }
                    } catch (IOException e) {
                        keep("(" + e + ")", last);
                    } finally {
                        end.complete(null);
                    }
                },
                "output of another process");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    private static void keep(String line, Deque<String> last) {
        synchronized (last) {
            last.addLast(line);
            if (last.size() > SHOWN) {
                last.removeFirst();
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a line to the program's standard input. */
    void send(String line) throws IOException {
        Writer input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /** Returns the next line of standard output; fails if the program ends or hangs before it. */
    String line() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (System.nanoTime() < end) {
            boolean noMore = outputEnds.isDone();
            String line = lines.poll(noMore ? 0 : 20, TimeUnit.MILLISECONDS);
            if (line != null) {
                return line;
            }
            if (noMore) {
                break;
            }
        }
        throw failed("sent no line in " + LONGEST_WAIT_SECONDS + " s");
    }

    /** Waits for the end of the program; fails unless its exit status is 0. */
    void awaitSuccess() throws InterruptedException {
        if (!process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw failed("did not end within " + LONGEST_WAIT_SECONDS + " s");
        }
    }

    /** Returns a failure that says how the program ended, or what it failed to do, and shows its last lines. */
    AssertionError failed(String ifRunning) throws InterruptedException {
        StringBuilder text =
                new StringBuilder("the other process (").append(name).append(") ");
        // a program that fails closes its outputs a moment before it has ended
        if (process.waitFor(outputEnds.isDone() ? 5000 : 200, TimeUnit.MILLISECONDS)) {
            text.append("ended with exit status ").append(process.exitValue());
            awaitOutput();
        } else {
            text.append(ifRunning).append(" and is still running");
        }
        append(text, "standard output", lastOutput);
        append(text, "standard error", lastErrors);
        return new AssertionError(text.toString());
    }

    private void awaitOutput() throws InterruptedException {
        for (int wait = 0; wait < 250 && !(outputEnds.isDone() && errorsEnd.isDone()); wait++) {
            Thread.sleep(20);
        }
    }

    private static void append(StringBuilder text, String stream, Deque<String> last) {
        synchronized (last) {
            text.append("\n  ")
                    .append(last.isEmpty() ? "nothing on " : "last lines of ")
                    .append(stream);
            last.forEach(line -> text.append("\n    ").append(line));
        }
    }

    /** Kills the program, which cannot prepare for it, and waits for its end. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            process.getOutputStream().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // the pipe to a killed program may be broken, with a line in it that it did not read
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
