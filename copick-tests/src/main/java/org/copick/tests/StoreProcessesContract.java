package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.copick.CopickContext;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The promises to several processes, including killed ones. Requires a place with a URL. */
interface StoreProcessesContract extends StoreFixture {
    int PROCESSES = 3;

    private Optional<String> url() {
        Optional<String> url = place().url();
        if (url.isEmpty()) {
            notForThis();
        }
        return url;
    }

    /** Runs a task in several processes at the same time and returns their results. */
    private static List<String> race(String task, String url, List<String> arguments) throws Exception {
        List<StoreProcess> processes = new ArrayList<>();
        try {
            for (String argument : arguments) {
                processes.add(StoreProcess.start(task, url, argument));
            }
            for (StoreProcess process : processes) {
                process.awaitReady();
            }
            for (StoreProcess process : processes) {
                process.begin();
            }
            List<String> results = new ArrayList<>();
            for (StoreProcess process : processes) {
                results.add(process.result());
            }
            return results;
        } finally {
            processes.forEach(StoreProcess::close);
        }
    }

    @Promise("the installed provider opens the same place by its URL")
    default void theProviderOpensThePlace() {
        Optional<String> url = url();
        if (url.isPresent()) {
            put("folder/object", "content");
            try (CopickContext context = CopickContext.builder().build();
                    ObjectStore opened = context.store(url.get())) {
                assertEquals(store().location(), opened.location(), "the same place has the same location");
                assertEquals(store().capabilities(), opened.capabilities(), "the same place has the same capabilities");
                assertEquals(
                        store().info("folder/object"),
                        opened.info("folder/object"),
                        "the same place has the same objects");
                assertArrayEquals(
                        StoreFixture.bytes("content"),
                        opened.read("folder/object").orElseThrow().bytes(),
                        "the same place has the same objects");
            }
        }
    }

    @Promise("IF_ABSENT has exactly one winner among processes")
    default void creatingHasOneWinnerAmongProcesses() throws Exception {
        Optional<String> url = url();
        if (url.isEmpty()
                || refuses(
                        StoreCapability.CREATE_IF_ABSENT,
                        () -> store().write("race/0", new byte[1], WriteCondition.IF_ABSENT))) {
            return;
        }
        List<String> names = List.of("a", "b", "c");
        List<String> results = race("create", url.get(), names);
        Set<String> won = new TreeSet<>();
        for (int process = 0; process < names.size(); process++) {
            String[] keys = results.get(process).split(" ", -1);
            for (int i = 1; i < keys.length; i++) {
                assertTrue(won.add(keys[i]), "a second process created race/" + keys[i]);
                assertHolds(
                        "race/" + keys[i],
                        names.get(process),
                        "the object has the content of the process that created it");
            }
        }
        assertEquals(StoreProcess.CREATIONS, won.size(), "every key was created by some process");
    }

    @Promise("conditional replacements by several processes lose no update")
    default void replacingByVersionLosesNothingAmongProcesses() throws Exception {
        Optional<String> url = url();
        if (url.isEmpty()) {
            return;
        }
        put("counter", "0");
        Version version = store().info("counter").orElseThrow().version();
        if (refuses(replacing(), () -> store().write("counter", new byte[1], WriteCondition.ifVersion(version)))) {
            return;
        }
        int each = 2 * rounds();
        race("count", url.get(), List.of("" + each, "" + each, "" + each));
        String counted = new String(store().read("counter").orElseThrow().bytes(), StandardCharsets.UTF_8);
        assertEquals(Integer.toString(PROCESSES * each), counted, "an update was lost");
    }

    @Promise("a killed writer leaves the old or the new object, and lists nothing else")
    default void aKilledWriterLeavesOldOrNew() throws Exception {
        Optional<String> url = url();
        if (url.isEmpty()
                || refuses(
                        StoreCapability.WRITE, () -> store().write("folder/object", new byte[1], WriteCondition.ANY))) {
            return;
        }
        for (int kill = 0; kill < Math.max(2, rounds() / 7); kill++) {
            try (StoreProcess writer = StoreProcess.start("replace", url.get(), "folder/object")) {
                writer.awaitReady();
                writer.begin();
                readUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300 + 37L * kill));
            }
            assertTrue(
                    StoreProcess.isOneState(
                            store().read("folder/object").orElseThrow().bytes()),
                    "a killed writer left an incomplete object");
            assertEquals(
                    List.of("folder/object"),
                    store().list("", null, 9).objects().stream()
                            .map(ObjectInfo::key)
                            .toList(),
                    "a killed writer left other objects in the listing");
            store().write("folder/other", new byte[1], WriteCondition.ANY);
            store().delete("folder/other");
        }
        store().deletePrefix("folder/");
        assertEquals(
                List.of(),
                store().listFolder("").prefixes(),
                "deletePrefix deletes everything that a killed writer left");
    }

    private void readUntil(long end) throws IOException {
        while (System.nanoTime() < end) {
            store().read("folder/object")
                    .ifPresent(read -> assertTrue(
                            StoreProcess.isOneState(read.bytes()),
                            "a reader saw an incomplete object of another process"));
        }
        while (store().info("folder/object").isEmpty()) {
            if (System.nanoTime() > end + TimeUnit.SECONDS.toNanos(60)) {
                throw new AssertionError("the other process does not write");
            }
            Thread.onSpinWait();
        }
    }
}
