package org.copick.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.copick.CopickContext;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/** Another process that opens a store by its URL, reports when it is ready, and starts its task on a signal. */
final class StoreProcess implements AutoCloseable {
    static final int CREATIONS = 200;
    static final int BIG = 2_000_000;

    private final Process process;
    private final BufferedReader output;

    private StoreProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StoreProcess start(String task, String url, String argument) throws IOException {
        return new StoreProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        task,
                        url,
                        argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void awaitReady() throws IOException {
        String line = output.readLine();
        if (!"ready".equals(line)) {
            throw new AssertionError("the other process did not start; its output was: " + line);
        }
    }

    void begin() throws IOException {
        Writer input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        input.write("begin\n");
        input.flush();
    }

    /** Returns the last line of output after the process has ended without error. */
    String result() throws Exception {
        String line = output.readLine();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0 || line == null) {
            throw new AssertionError("the other process failed or is still running after 60 s");
        }
        return line;
    }

    /** Kills the process. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            output.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the other process. Arguments: task, URL, argument of the task. */
    public static void main(String[] arguments) throws IOException {
        try (CopickContext context = CopickContext.builder().build();
                ObjectStore store = context.store(arguments[1])) {
            System.out.println("ready");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            if (input.readLine() != null) {
                System.out.println(
                        switch (arguments[0]) {
                            case "create" -> create(store, arguments[2]);
                            case "count" -> count(store, Integer.parseInt(arguments[2]));
                            case "replace" -> replaceForever(store, arguments[2]);
                            default -> throw new IllegalArgumentException(arguments[0]);
                        });
            }
        }
    }

    /** Tries to create every key, and returns the created ones. */
    private static String create(ObjectStore store, String name) {
        StringBuilder created = new StringBuilder("created");
        for (int i = 0; i < CREATIONS; i++) {
            try {
                store.write("race/" + i, name.getBytes(StandardCharsets.UTF_8), WriteCondition.IF_ABSENT);
                created.append(' ').append(i);
            } catch (AlreadyExistsException e) {
                // another process was first
            }
        }
        return created.toString();
    }

    private static String count(ObjectStore store, int times) {
        int conflicts = 0;
        for (int done = 0; done < times; ) {
            StoredObject seen = store.read("counter").orElseThrow();
            int next = Integer.parseInt(new String(seen.bytes(), StandardCharsets.UTF_8)) + 1;
            byte[] bytes = Integer.toString(next).getBytes(StandardCharsets.UTF_8);
            try {
                store.write(
                        "counter", bytes, WriteCondition.ifVersion(seen.info().version()));
                done++;
            } catch (ConflictException e) {
                conflicts++;
            }
        }
        return "conflicts " + conflicts;
    }

    private static String replaceForever(ObjectStore store, String key) {
        for (int i = 0; ; i++) {
            store.write(key, state(i % 2), WriteCondition.ANY);
        }
    }

    private static byte[] state(int number) {
        byte[] bytes = new byte[BIG + number];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    /** Returns whether these bytes are one of the two states that {@code replace} writes. */
    static boolean isOneState(byte[] bytes) {
        return Arrays.equals(bytes, state(Math.abs(bytes.length % 2)));
    }
}
