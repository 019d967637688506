package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds between processes, and when one of them is killed. */
class LocalStoreProcessesTest {
    @TempDir
    Path folder;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void killChildren() throws Exception {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    private Process start(String... args) throws Exception {
        Process child = ChildProcess.start(args);
        children.add(child);
        return child;
    }

    /** Starts children named a and b with these arguments around the name, together, and waits for their end. */
    private void race(String task, Path root, String... more) throws Exception {
        for (String name : List.of("a", "b")) {
            List<String> args = new ArrayList<>(List.of(task, root.toString(), name));
            args.addAll(List.of(more));
            start(args.toArray(String[]::new));
        }
        for (String name : List.of("a", "b")) {
            while (!Files.exists(folder.resolve("ready-" + name))) {
                Thread.sleep(1);
            }
        }
        Files.createFile(folder.resolve("go"));
        for (Process child : children) {
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), "a child hangs");
            assertEquals(0, child.exitValue(), "a child failed");
        }
    }

    @Test
    void aKilledWriterLeavesOldOrNew() throws Exception {
        Path root = folder.resolve("root");
        LocalStore store = new LocalStore(root);
        for (int round = 0; round < 3; round++) {
            Process child = start("replace", root.toString());
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700 + 37L * round);
            while (System.nanoTime() < end) {
                store.read("folder/object").ifPresent(read -> assertOneState(read.bytes()));
            }
            child.destroyForcibly().waitFor();
            assertOneState(store.read("folder/object").orElseThrow().bytes());
            assertEquals(
                    List.of("folder/object"),
                    store.list("", null, 9).objects().stream()
                            .map(ObjectInfo::key)
                            .toList(),
                    "what a killed writer leaves is not listed");
            store.write("folder/other", new byte[1], WriteCondition.ANY);
            store.delete("folder/other");
        }
        store.deletePrefix("folder/");
        assertEquals(List.of(), store.listLevel("").prefixes(), "leftovers go with their folder");
    }

    private static void assertOneState(byte[] bytes) {
        byte value = (byte) (bytes.length - 2_000_000);
        assertTrue(value == 0 || value == 1, "an object of " + bytes.length + " bytes was never written");
        for (byte b : bytes) {
            if (b != value) {
                throw new AssertionError("a reader saw a part of an object");
            }
        }
    }

    @Test
    void creatingHasOneWinnerAmongProcesses() throws Exception {
        Path root = folder.resolve("root");
        race("create", root);
        LocalStore store = new LocalStore(root);
        assertEquals(300, store.list("race/", null, 1000).objects().size());
        assertEquals(300, store.list("won/", null, 1000).objects().size(), "each key has exactly one winner");
        for (int i = 0; i < 300; i++) {
            String winner = new String(store.read("race/" + i).orElseThrow().bytes(), StandardCharsets.UTF_8);
            assertTrue(store.info("won/" + winner + "/" + i).isPresent(), "the content is the winner's");
        }
    }

    @Test
    void replacingByVersionLosesNothingAmongProcesses() throws Exception {
        Path root = folder.resolve("root");
        LocalStore store = new LocalStore(root);
        store.write("counter", "0".getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        race("count", root, "150");
        assertEquals("300", new String(store.read("counter").orElseThrow().bytes(), StandardCharsets.UTF_8));
    }
}
