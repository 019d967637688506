package org.copick.fs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;

/** What {@link LocalStoreProcessesTest} runs in other processes. */
final class ChildProcess {
    private ChildProcess() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[1]);
        LocalStore store = new LocalStore(root);
        switch (args[0]) {
            case "replace" -> replaceForever(store);
            case "create" -> {
                awaitStart(root, args[2]);
                create(store, args[2]);
            }
            case "count" -> {
                awaitStart(root, args[2]);
                count(store, Integer.parseInt(args[3]));
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static Process start(String... args) throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcess.class.getName());
        java.command().addAll(Arrays.asList(args));
        return java.inheritIO().start();
    }

    private static void awaitStart(Path root, String name) throws Exception {
        Files.createFile(root.resolveSibling("ready-" + name));
        while (!Files.exists(root.resolveSibling("go"))) {
            Thread.sleep(1);
        }
    }

    private static void replaceForever(LocalStore store) {
        for (int i = 0; ; i++) {
            byte[] bytes = new byte[2_000_000 + i % 2];
            Arrays.fill(bytes, (byte) (i % 2));
            store.write("folder/object", bytes, WriteCondition.ANY);
        }
    }

    private static void create(LocalStore store, String name) {
        for (int i = 0; i < 300; i++) {
            try {
                store.write("race/" + i, name.getBytes(StandardCharsets.UTF_8), WriteCondition.IF_ABSENT);
                store.write("won/" + name + "/" + i, new byte[0], WriteCondition.ANY);
            } catch (AlreadyExistsException e) {
                // the other one won
            }
        }
    }

    private static void count(LocalStore store, int times) {
        int done = 0;
        while (done < times) {
            StoredObject seen = store.read("counter").orElseThrow();
            int next = Integer.parseInt(new String(seen.bytes(), StandardCharsets.UTF_8)) + 1;
            try {
                byte[] bytes = Integer.toString(next).getBytes(StandardCharsets.UTF_8);
                store.write(
                        "counter", bytes, WriteCondition.ifVersion(seen.info().version()));
                done++;
            } catch (ConflictException e) {
                // someone else counted; read again
            }
        }
    }
}
