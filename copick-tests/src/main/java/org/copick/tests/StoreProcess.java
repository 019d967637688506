package org.copick.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.copick.CopickContext;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/** Another process that opens a store by its URL, reports when it is ready, and starts its task on a signal. */
final class StoreProcess implements AutoCloseable {
    static final int CREATIONS = 200;

    /** Size in bytes of the objects of {@code replace}, which the test reads all the time. */
    static final int BIG = 2_000_000;

    /** Size in bytes of the objects of {@code put}, so large that writing one takes a while on any store. */
    static final int LARGE = 8_000_000;

    /** The objects that {@code put} and {@code pieces} replace and create. */
    static final String REPLACED = "killed/replaced";

    static final String CREATED = "killed/created-";

    private final OtherProcess process;

    private StoreProcess(OtherProcess process) {
        this.process = process;
    }

    static StoreProcess start(String task, String url, String argument) throws IOException {
        return new StoreProcess(OtherProcess.start(StoreProcess.class, task, url, argument));
    }

    void awaitReady() throws InterruptedException {
        String line = process.line();
        if (!"ready".equals(line)) {
            throw process.failed("sent \"" + line + "\" instead of \"ready\"");
        }
    }

    void begin() throws IOException {
        process.send("begin");
    }

    /** Returns the next line of output. */
    String line() throws InterruptedException {
        return process.line();
    }

    /** Returns the line of output after the process has ended without error. */
    String result() throws InterruptedException {
        String line = process.line();
        process.awaitSuccess();
        return line;
    }

    /** Returns a failure that shows how the process ended, or what it failed to do. */
    AssertionError failed(String ifRunning) throws InterruptedException {
        return process.failed(ifRunning);
    }

    /** Kills the process. */
    @Override
    public void close() {
        process.close();
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
                            case "put" -> putForever(store);
                            case "pieces" -> halfOfTheBytes(store, arguments[2], input);
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
            store.write(key, state(BIG, i % 2), WriteCondition.ANY);
        }
    }

    /** Announces each write, alternately of a new key and of the same key, after one that shows how long they take. */
    private static String putForever(ObjectStore store) {
        byte[][] states = {state(LARGE, 0), state(LARGE, 1)};
        store.write(REPLACED, states[0], WriteCondition.ANY);
        long begin = System.nanoTime();
        store.write(REPLACED, states[1], WriteCondition.ANY);
        System.out.println(System.nanoTime() - begin);
        for (int i = 0; ; i++) {
            String key = i % 2 == 0 ? CREATED + i : REPLACED;
            System.out.println(key);
            store.write(key, states[i / 2 % 2], WriteCondition.ANY);
        }
    }

    /** Appends half of an object's bytes, reports that, and waits to be killed. */
    private static String halfOfTheBytes(ObjectStore store, String key, BufferedReader input) throws IOException {
        try (ObjectWriter writer = store.writer(key, WriteCondition.ANY)) {
            byte[] piece = new byte[1 << 20];
            Arrays.fill(piece, (byte) 1);
            for (int i = 0; i < StorePiecesContract.LARGE / piece.length; i++) {
                writer.append(piece);
            }
            System.out.println("half");
            return String.valueOf(input.readLine());
        }
    }

    private static byte[] state(int size, int number) {
        byte[] bytes = new byte[size + number];
        // no state is made of zeros, like the end of a file that was only made longer
        Arrays.fill(bytes, (byte) (number + 1));
        return bytes;
    }

    /** Returns whether these bytes are one of the two states that {@code replace} writes. */
    static boolean isOneState(byte[] bytes) {
        return isOneState(BIG, bytes);
    }

    /** Returns whether these bytes are one of the two states of objects of this size. */
    static boolean isOneState(int size, byte[] bytes) {
        return Arrays.equals(bytes, state(size, Math.abs(bytes.length % 2)));
    }
}
