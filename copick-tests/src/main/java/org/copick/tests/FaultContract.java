package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cache.ChunkCache;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidConfigException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;

/**
 * What users and readers of a project on this store can rely on when the store fails: at every single call, before and
 * after it took effect; with the system property {@code copick.faults.step} only at every so many-th call. Prints, for each operation, at how many calls a fault was tried and what readers found.
 */
public abstract class FaultContract extends KitTest {
    private static final int STEP = Integer.getInteger("copick.faults.step", 1);

    /** For subclasses. */
    protected FaultContract() {}

    @Promise("a creation that fails leaves nothing or all of it, is told by an exception, and can be done again")
    void failedCreations() throws Exception {
        run("creating", UserOperation::creating);
    }

    @Promise("a replacement that fails leaves the old or the new, never a mixture, and can be done again")
    void failedReplacements() throws Exception {
        run("replacing", atOnce -> UserOperation.replacing());
    }

    @Promise("a deletion that fails leaves all of an entity or nothing that can be read, and can be done again")
    void failedDeletions() throws Exception {
        run("deleting", UserOperation::deleting);
    }

    @Promise("painting that fails leaves every chunk as it was or as it should be, and can be done again")
    void failedPainting() throws Exception {
        run("painting", atOnce -> UserOperation.painting());
    }

    @Promise("a copy that fails leaves its source alone, nothing or all of the copy, and can be done again")
    void failedCopies() throws Exception {
        run("copying", UserOperation::copying);
    }

    private void run(String what, Function<Boolean, List<UserOperation>> operations) throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().write("data/new", new byte[1], WriteCondition.ANY))) {
            return;
        }
        List<String> lines = new ArrayList<>();
        List<String> violations;
        try (FaultMatrix matrix = new FaultMatrix(place(), STEP)) {
            for (UserOperation operation : operations.apply(can(StoreCapability.REPLACE_PREFIX))) {
                lines.add(matrix.run(operation));
            }
            violations = matrix.violations();
        }
        System.out.println("Faults while " + what + ", " + getClass().getSimpleName() + ": " + violations.size()
                + " violations\n" + String.join("\n", lines));
        assertEquals(List.of(), violations.stream().limit(3).toList(), violations.size() + " violations");
    }

    /** How often a program is killed; the system property {@code copick.kills} says another number. */
    private static final int KILLS = Integer.getInteger("copick.kills", 3);

    @Promise("a killed program leaves every entity as it was, as it should be or absent, never a mixture")
    void aKilledProgram() throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().write("data/new", new byte[1], WriteCondition.ANY))) {
            return;
        }
        Optional<Path> file = configuration();
        if (file.isEmpty()) {
            notForThis();
            return;
        }
        String config = file.get().toString();
        Map<String, Set<String>> states = RestlessUser.states();
        Random random = new Random();
        int there = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path progress = Files.createTempFile("copick-killed", ".txt");
            killAfterAWhile(RestlessUser.class, config, progress, 1, random.nextInt(400));
            Files.delete(progress);
            try (CopickContext context = TestProject.context();
                    Root root = context.open(config)) {
                for (Map.Entry<String, String> seen : ProjectState.of(root).entrySet()) {
                    boolean halfDone = seen.getValue().equals("without levels");
                    assertTrue(
                            states.getOrDefault(seen.getKey(), Set.of()).contains(seen.getValue())
                                    || (halfDone && !can(StoreCapability.REPLACE_PREFIX)),
                            () -> "a killed program leaves " + seen + ", not one of " + states.get(seen.getKey()));
                    there++;
                }
            }
        }
        System.out.println(getClass().getSimpleName() + ": after " + KILLS + " kills readers found " + there
                + " entities, none of them half-done");
        try (CopickContext context = TestProject.context();
                Root root = context.open(config)) {
            RestlessUser.write(root, 1);
        }
    }

    @Promise("a program killed while it replaces volumes leaves each as it was or as it should be")
    void aKilledReplacement() throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().write("data/new", new byte[1], WriteCondition.ANY))) {
            return;
        }
        Optional<Path> file = configuration();
        if (file.isEmpty()) {
            notForThis();
            return;
        }
        String config = file.get().toString();
        Path log = Files.createTempFile("copick-replaced", ".txt");
        try (CopickContext context = TestProject.context();
                Root root = context.open(config)) {
            for (String kind : List.of("tomogram", "features", "segmentation", "density map")) {
                RestlessReplacer.write(root, kind, 0);
                Files.writeString(log, "=" + kind + " 0\n", StandardOpenOption.APPEND);
            }
        }
        long seed = System.nanoTime();
        System.out.println("a killed replacement, seed " + seed);
        Random random = new Random(seed);
        long begun = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Files.writeString(log, Files.readString(log).replaceFirst("[^\n]+\\z", "")); // a torn line was never begun
            long lines = Files.readAllLines(log).size();
            int told = 1 + random.nextInt(8);
            killAfterAWhile(
                    RestlessReplacer.class, config, log, told, random.nextInt(150), Integer.toString(1 + 1000 * kill));
            List<String> lived = Files.readAllLines(log);
            begun += lived.size() - lines;
            Map<String, Set<Integer>> allowed = RestlessReplacer.allowed(lived);
            checkOtherPrograms(allowed);
            try (CopickContext context = TestProject.context();
                    Root root = context.open(config)) {
                allowed.forEach((kind, values) -> {
                    Set<Integer> seen = RestlessReplacer.values(
                            RestlessReplacer.find(root, kind).orElseThrow().levels());
                    assertTrue(
                            seen.size() == 1 && values.containsAll(seen),
                            () -> "a killed program leaves a " + kind + " of " + seen + ", not of one of " + values);
                });
            }
            if (!can(StoreCapability.REPLACE_PREFIX)) {
                List<String> left = each("data/").stream()
                        .map(ObjectInfo::key)
                        .filter(key -> StorePlace.markedName(key) != null || key.contains(".staged/"))
                        .toList();
                assertEquals(List.of(), left, "the next reader clears what was left");
            }
        }
        System.out.println(getClass().getSimpleName() + ": after " + KILLS + " kills in " + begun / 2
                + " replacements every volume was the old or the new one");
        Files.delete(log);
    }

    /** A file that makes any process open a project in the place; empty where none can. */
    private Optional<Path> configuration() throws IOException {
        Optional<String> root = place().root();
        if (root.isEmpty()) {
            return Optional.empty();
        }
        JsonMapper mapper = new JsonMapper();
        ObjectNode config = (ObjectNode) mapper.readTree(SampleProject.config(root.get() + "/" + TestProject.DATA, ""));
        config.set("overlay_fs_args", mapper.valueToTree(place().arguments()));
        Path file = Files.createTempFile("copick-kit", ".json");
        file.toFile().deleteOnExit();
        return Optional.of(Files.write(file, mapper.writeValueAsBytes(config)));
    }

    /** Programs that do not know marks find no volume or one of the values. */
    private void checkOtherPrograms(Map<String, Set<Integer>> allowed) {
        Zarr zarr = new Zarr(ChunkCache.ofBytes(0));
        RestlessReplacer.PLACES.forEach((kind, folder) -> {
            ObjectStore image = new PrefixStore(store(), TestProject.DATA + "/" + folder);
            if (zarr.open(image, "").orElse(null) instanceof ZarrGroup group) {
                Set<Integer> seen = new HashSet<>();
                for (String member : group.members()) {
                    ZarrArray array = (ZarrArray) group.member(member).orElseThrow();
                    for (float voxel : array.readFloats(Region.all(array.shape()))) {
                        seen.add((int) voxel);
                    }
                }
                assertTrue(
                        seen.size() == 1 && allowed.getOrDefault(kind, Set.of()).containsAll(seen),
                        () -> "other programs find a " + kind + " of " + seen + ", not of one of " + allowed.get(kind));
            }
        });
    }

    /** Starts a program and kills it some time after it has told of its progress for the so many-th time. */
    private static void killAfterAWhile(
            Class<?> main, String config, Path progress, int told, int millis, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                config,
                progress.toString()));
        command.addAll(List.of(more));
        long before = Files.size(progress);
        Process program = new ProcessBuilder(command).inheritIO().start();
        try {
            for (int wait = 0; told > 0; wait++) {
                assertTrue(wait < 6000 && program.isAlive(), "the program writes nothing");
                Thread.sleep(5);
                long size = Files.size(progress);
                told -= size == before ? 0 : 1;
                before = size;
            }
            Thread.sleep(millis);
            assertTrue(program.isAlive(), "the program failed");
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    @Promise("a read that fails is told by an exception; nothing is taken as missing or empty")
    void failedReads() {
        eachRead(call -> Fault.before().call(call), StorageException.class);
    }

    @Promise("a read that is cut short is told by an exception")
    void shortReads() {
        eachRead(call -> Fault.shortRead(1).on(Kind.READ, Kind.READ_RANGES).call(call), CorruptDataException.class);
        eachRead(call -> Fault.shortRead(100).on(Kind.READ, Kind.READ_RANGES).call(call), CorruptDataException.class);
    }

    /** Reads everything, with a fault at each call in turn. */
    private void eachRead(Function<Integer, Fault> faults, Class<? extends CopickException> told) {
        Reading reading = new Reading();
        SortedMap<String, String> good = reading.all(Fault.before().call(Integer.MAX_VALUE));
        int calls = reading.calls.get();
        for (int call = 0; call < calls; call++) {
            String when = "with a fault at call " + call;
            try {
                SortedMap<String, String> seen = reading.all(faults.apply(call));
                List<String> wrong = ProjectState.differences(good, seen).stream()
                        .filter(difference -> !difference.endsWith(" -> " + told.getSimpleName()))
                        .toList();
                assertEquals(List.of(), wrong, when);
            } catch (CopickException e) {
                assertTrue(
                        told.isInstance(e) || e instanceof InvalidConfigException,
                        () -> when + " " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    @Promise("wrong bytes never end in anything but an exception of ours or a value")
    void flippedBits() {
        Reading reading = new Reading();
        int calls = reading.count();
        for (int call = 0; call < calls; call++) {
            for (long bit : new long[] {3, 77, 1_234_567}) {
                try {
                    reading.all(
                            Fault.bitFlip(bit).on(Kind.READ, Kind.READ_RANGES).call(call));
                } catch (CopickException e) {
                    // told, as it should be
                }
            }
        }
    }

    @Promise("a store that is only slow changes nothing")
    void delays() {
        Reading reading = new Reading();
        SortedMap<String, String> good = reading.all(Fault.before().call(Integer.MAX_VALUE));
        assertEquals(good, reading.all(Fault.delay(Duration.ofMillis(1))));
    }

    @Promise("a store that asks for fewer calls is told as a failure that may pass")
    void throttling() {
        Reading reading = new Reading();
        int calls = reading.count();
        int refused = 0;
        for (int call = 0; call < calls; call++) {
            try {
                reading.all(Fault.throttled().call(call));
            } catch (StorageException e) {
                assertTrue(e.mayBeTransient(), () -> "may be tried again: " + e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 0, "some call lists or opens, and is told at once");
    }

    /** A project that is read as a whole, again and again. */
    private final class Reading {
        private final AtomicInteger calls = new AtomicInteger();
        private Fault fault = Fault.before().call(Integer.MAX_VALUE);
        private final String url;
        private final SuppliedStores stores = new SuppliedStores();

        Reading() {
            url = stores.url(() -> new FaultInjectingStore(place().open()).with(fault));
            put(TestProject.sample(url));
        }

        int count() {
            all(Fault.before().call(Integer.MAX_VALUE));
            return calls.get();
        }

        SortedMap<String, String> all(Fault wanted) {
            calls.set(0);
            fault = wanted.where(call -> calls.incrementAndGet() > 0);
            try (CopickContext context = TestProject.context();
                    Root root = context.open(url + "/" + SampleProject.CONFIG)) {
                return ProjectState.of(root);
            }
        }
    }
}
