package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The promises to several processes, including killed ones. Requires a place with a URL. */
interface StoreProcessesContract extends StoreFixture {
    /** Number of processes that compete for one object. */
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

    /** Tests that the installed provider opens the same place by its URL. */
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

    /** Tests that the installed provider opens location(), and location() followed by / and a name as that folder. */
    @Promise("the installed provider opens location(), and location() followed by / and a name as that folder")
    default void theProviderOpensTheLocation() {
        if (url().isEmpty()) {
            return;
        }
        put("folder/object", "content");
        put("folder/deeper/object", "deeper");
        put("folders/object", "beside");
        String location = store().location();
        try (CopickContext context = CopickContext.builder().build();
                ObjectStore whole = RecordedCalls.of(context.store(location));
                ObjectStore folder = RecordedCalls.of(context.store(location + "/folder"));
                ObjectStore deeper = RecordedCalls.of(context.store(location + "/folder/deeper"))) {
            String same = "the provider opens the location of the store as the same place: " + location;
            assertEquals(location, whole.location(), same);
            assertEquals(
                    StoreFixture.keys(each("")),
                    StoreFixture.keys(whole.list("", null, 100).objects()),
                    same);
            assertHolds(whole, "folder/object", "content", same);
            String below =
                    "the provider opens location() + \"/folder\" as the keys below folder/: " + location + "/folder";
            assertEquals(location + "/folder", folder.location(), below);
            assertEquals(
                    List.of("deeper/object", "object"),
                    StoreFixture.keys(folder.list("", null, 100).objects()),
                    below);
            assertHolds(folder, "object", "content", below);
            assertHolds(deeper, "object", "deeper", below + "/deeper");
            if (can(StoreCapability.WRITE)) {
                folder.write("new", StoreFixture.bytes("written below"), WriteCondition.ANY);
                assertHolds("folder/new", "written below", below);
            }
        }
    }

    private static void assertHolds(ObjectStore opened, String key, String text, String promise) {
        assertArrayEquals(
                StoreFixture.bytes(text),
                opened.read(key)
                        .orElseThrow(() -> new AssertionError(promise + ": " + key + " is missing"))
                        .bytes(),
                promise);
    }

    /**
     * Tests that IF_ABSENT has exactly one winner among processes.
     *
     * @throws Exception if the promise is broken or another process fails
     */
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

    /**
     * Tests that conditional replacements by several processes lose no update.
     *
     * @throws Exception if the promise is broken or another process fails
     */
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

    /**
     * Tests that a killed writer leaves the old or the new object, and lists nothing else.
     *
     * @throws Exception if the promise is broken or another process fails
     */
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
                readUntil(writer, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300 + 37L * kill));
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

    private void readUntil(StoreProcess writer, long end) throws InterruptedException {
        while (System.nanoTime() < end) {
            store().read("folder/object")
                    .ifPresent(read -> assertTrue(
                            StoreProcess.isOneState(read.bytes()),
                            "a reader saw an incomplete object of another process"));
        }
        while (store().info("folder/object").isEmpty()) {
            if (System.nanoTime() > end + TimeUnit.SECONDS.toNanos(60)) {
                throw writer.failed("writes nothing that this process can see");
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Tests that after a kill in the middle of a write, a reopened store shows only complete objects.
     *
     * @throws Exception if the promise is broken or another process fails
     */
    @Promise("after a kill in the middle of a write, a reopened store shows only complete objects")
    default void aKillTearsNoObject() throws Exception {
        Optional<String> url = url();
        if (url.isEmpty()
                || refuses(StoreCapability.WRITE, () -> store().write("killed/x", new byte[1], WriteCondition.ANY))) {
            return;
        }
        int kills = Math.max(3, rounds() / 3);
        for (int kill = 0; kill < kills; kill++) {
            String last = killInTheMiddle(url.get(), kill % 2, (kill + 0.5) / kills);
            // a store that was open before may remember what it saw, unlike the next program
            ObjectStore opened = another();
            String when = "after a kill in the middle of writing " + last + ", ";
            Set<String> keys =
                    new TreeSet<>(StoreFixture.keys(opened.list("", null, 1000).objects()));
            keys.addAll(List.of(last, StoreProcess.REPLACED));
            for (String key : keys) {
                assertTrue(
                        key.equals(StoreProcess.REPLACED) || key.startsWith(StoreProcess.CREATED),
                        () -> when + "the listing shows an object that nobody wrote: " + key);
                Optional<StoredObject> read = opened.read(key);
                assertTrue(
                        read.isPresent() || key.startsWith(StoreProcess.CREATED),
                        () -> when + "an object that was there before is missing: " + key);
                assertTrue(
                        read.isEmpty()
                                || StoreProcess.isOneState(
                                        StoreProcess.LARGE, read.get().bytes()),
                        () -> when + key + " has "
                                + read.map(object -> object.bytes().length).orElse(0)
                                + " bytes that are neither its old nor its new content");
                assertEquals(read.map(StoredObject::info), opened.info(key), when + "info differs from read: " + key);
            }
            for (String key : new TreeSet<>(List.of(last, StoreProcess.REPLACED))) {
                opened.write(key, StoreFixture.bytes("new"), WriteCondition.ANY);
                assertHolds(key, "new", when + "the next program can write the object");
            }
            opened.deletePrefix("killed/");
            assertKeys(List.of(), "", when + "the next program can delete everything");
        }
    }

    /**
     * Kills a process that writes objects, and returns the key of the last write that it announced.
     *
     * @param kind 0 to kill it while it creates an object, 1 while it replaces one
     * @param part where in the write, between 0 and 1
     */
    private static String killInTheMiddle(String url, int kind, double part) throws Exception {
        try (StoreProcess writer = StoreProcess.start("put", url, "")) {
            writer.awaitReady();
            writer.begin();
            long nanos = Long.parseLong(writer.line());
            String key = writer.line();
            for (int written = 0; written < kind; written++) {
                key = writer.line();
            }
            TimeUnit.NANOSECONDS.sleep((long) (nanos * part));
            return key;
        }
    }

    /**
     * Tests that a process killed before it completes a writer leaves the old object or none.
     *
     * @throws Exception if the promise is broken or another process fails
     */
    @Promise("a process killed before it completes a writer leaves the old object or none")
    default void aKilledWriterOfPiecesLeavesNothing() throws Exception {
        Optional<String> url = url();
        if (url.isEmpty()
                || refuses(StoreCapability.WRITE, () -> store().write("killed/x", new byte[1], WriteCondition.ANY))) {
            return;
        }
        put(StoreProcess.REPLACED, "before");
        for (String key : List.of(StoreProcess.REPLACED, StoreProcess.CREATED)) {
            try (StoreProcess writer = StoreProcess.start("pieces", url.get(), key)) {
                writer.awaitReady();
                writer.begin();
                if (!writer.line().equals("half")) {
                    throw writer.failed("appended no bytes");
                }
                assertOnlyTheOldObject("while another process appends to a writer of " + key);
            }
            assertOnlyTheOldObject("after a process was killed before it completed a writer of " + key);
        }
    }

    private void assertOnlyTheOldObject(String when) {
        ObjectStore opened = another();
        assertHolds(opened, StoreProcess.REPLACED, "before", when + ", the old object stays");
        assertEquals(
                List.of(StoreProcess.REPLACED),
                StoreFixture.keys(opened.list("", null, 9).objects()),
                when + ", nothing else is listed");
        assertTrue(opened.read(StoreProcess.CREATED).isEmpty(), when + ", there is no new object");
    }
}
