package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cache.ChunkCache;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;

/**
 * Promises to several programs that use one project at the same time, one of which may be killed.
 *
 * <p>The system properties {@code copick.kills}, {@code copick.replacement.kills}, {@code copick.painters} and
 * {@code copick.strokes} make the tests longer.
 */
interface ProgramsContract extends StoreFixture {
    /** Number of kills of the writing program: system property {@code copick.kills}, default 3. */
    int KILLS = Integer.getInteger("copick.kills", 3);

    /**
     * Number of kills of the replacing program: system property {@code copick.replacement.kills}.
     *
     * <p>The default is {@link #KILLS}, but at most 10, because each of these kills takes longer.
     */
    int REPLACEMENT_KILLS = Integer.getInteger("copick.replacement.kills", Math.min(KILLS, 10));

    /**
     * Tests that a killed program leaves every entity old, new or absent, never a mixture.
     *
     * @throws Exception if the promise is broken or another process fails
     */
    @Promise("a killed program leaves every entity old, new or absent, never a mixture")
    default void aKilledProgram() throws Exception {
        Optional<String> file = writableByPrograms();
        if (file.isEmpty()) {
            return;
        }
        String config = file.get();
        Map<String, Set<String>> states = RestlessUser.states();
        long seed = System.nanoTime();
        System.out.println("a killed program, seed " + seed);
        Random random = new Random(seed);
        int there = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path progress = Files.createTempFile("copick-killed", ".txt");
            killAfterAWhile(RestlessUser.class, config, progress, 1, random.nextInt(400));
            Files.delete(progress);
            try (CopickContext context = TestProject.context();
                    Root root = TestProject.open(context, config)) {
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
                Root root = TestProject.open(context, config)) {
            RestlessUser.write(root, 1);
        }
    }

    /**
     * Tests that a program killed while it replaces volumes leaves the old or the new state of each.
     *
     * @throws Exception if the promise is broken or another process fails
     */
    @Promise("a program killed while it replaces volumes leaves the old or the new state of each")
    default void aKilledReplacement() throws Exception {
        Optional<String> file = writableByPrograms();
        if (file.isEmpty()) {
            return;
        }
        String config = file.get();
        Path log = Files.createTempFile("copick-replaced", ".txt");
        try (CopickContext context = TestProject.context();
                Root root = TestProject.open(context, config)) {
            for (String kind : List.of("tomogram", "features", "segmentation", "density map")) {
                RestlessReplacer.write(root, kind, 0);
                Files.writeString(log, "=" + kind + " 0\n", StandardOpenOption.APPEND);
            }
        }
        long seed = System.nanoTime();
        System.out.println("a killed replacement, seed " + seed);
        Random random = new Random(seed);
        long begun = 0;
        for (int kill = 0; kill < REPLACEMENT_KILLS; kill++) {
            // an incomplete line at the end announces no write
            Files.writeString(log, Files.readString(log).replaceFirst("[^\n]+\\z", ""));
            long lines = Files.readAllLines(log).size();
            int told = 1 + random.nextInt(8);
            killAfterAWhile(
                    RestlessReplacer.class, config, log, told, random.nextInt(150), Integer.toString(1 + 1000 * kill));
            List<String> lived = Files.readAllLines(log);
            begun += lived.size() - lines;
            Map<String, Set<Integer>> allowed = RestlessReplacer.allowed(lived);
            checkOtherPrograms(allowed);
            try (CopickContext context = TestProject.context();
                    Root root = TestProject.open(context, config)) {
                allowed.forEach((kind, values) -> {
                    Set<Integer> seen = RestlessReplacer.values(
                            RestlessReplacer.find(root, kind).orElseThrow().levels());
                    assertTrue(
                            seen.size() == 1 && values.containsAll(seen),
                            () -> "a killed program leaves a " + kind + " with the values " + seen
                                    + ", not with one of " + values);
                });
            }
            if (!can(StoreCapability.REPLACE_PREFIX)) {
                List<String> left = each("data/").stream()
                        .map(ObjectInfo::key)
                        .filter(key -> StorePlace.markedName(key) != null || key.contains(".staged/"))
                        .toList();
                assertEquals(List.of(), left, "the next reader deletes markers and staged objects");
            }
        }
        System.out.println(getClass().getSimpleName() + ": after " + REPLACEMENT_KILLS + " kills in " + begun / 2
                + " replacements every volume had its old or new content");
        Files.delete(log);
    }

    /**
     * Returns the configuration with which other programs write to the place, or empty if they cannot.
     *
     * <p>If they cannot, the outcome of the promise is recorded, too.
     */
    private Optional<String> writableByPrograms() throws IOException {
        if (refuses(StoreCapability.WRITE, () -> store().write("data/new", new byte[1], WriteCondition.ANY))) {
            return Optional.empty();
        }
        Optional<Path> file = configuration();
        if (file.isEmpty()) {
            notForThis();
        }
        return file.map(Path::toString);
    }

    /** Writes a configuration with which any process opens the place, or returns empty if no other process can. */
    private Optional<Path> configuration() throws IOException {
        Optional<String> root = place().root();
        if (root.isEmpty()) {
            return Optional.empty();
        }
        JsonMapper mapper = new JsonMapper();
        ObjectNode config = (ObjectNode) mapper.readTree(KitProject.config(root.get() + "/" + TestProject.DATA, ""));
        config.set("overlay_fs_args", mapper.valueToTree(place().arguments()));
        Path file = Files.createTempFile("copick-kit", ".json");
        file.toFile().deleteOnExit();
        return Optional.of(Files.write(file, mapper.writeValueAsBytes(config)));
    }

    /** Number of painting programs: system property {@code copick.painters}, default 3. */
    int PAINTERS = Integer.getInteger("copick.painters", 3);

    /** Number of strokes of each painting program: system property {@code copick.strokes}, default 20, at most 256. */
    int STROKES = Integer.getInteger("copick.strokes", 20);

    /**
     * Tests that with conditional writes, all programs that paint in one chunk finish, and no stroke is lost.
     *
     * @throws Exception if the promise is broken or another process fails
     */
    @Promise("with conditional writes, all programs that paint in one chunk finish, and no stroke is lost")
    default void paintersOfOneChunk() throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().write("data/new", new byte[1], WriteCondition.ANY))) {
            return;
        }
        Optional<Path> config = configuration();
        if (config.isEmpty() || !can(replacing())) {
            notForThis();
            return;
        }
        try (CopickContext context = TestProject.context();
                Root root = TestProject.open(context, config.get().toString())) {
            RestlessPainter.prepare(root, PAINTERS);
            List<OtherProcess> painters = new ArrayList<>();
            try {
                for (int painter = 0; painter < PAINTERS; painter++) {
                    painters.add(OtherProcess.start(
                            RestlessPainter.class,
                            config.get().toString(),
                            Integer.toString(painter),
                            Integer.toString(STROKES)));
                }
                for (OtherProcess painter : painters) {
                    painter.awaitSuccess();
                }
            } finally {
                painters.forEach(OtherProcess::close);
            }
            assertEquals(PAINTERS * STROKES, RestlessPainter.painted(root), "no stroke is lost");
        }
        System.out.println(getClass().getSimpleName() + ": " + PAINTERS + " painters made " + STROKES
                + " strokes each in one chunk");
    }

    /**
     * Checks that programs that do not know {@code .writing} markers find no volume, or one with a single allowed
     * value.
     */
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
                        () -> "other programs find a " + kind + " with the values " + seen + ", not with one of "
                                + allowed.get(kind));
            }
        });
    }

    /**
     * Starts a program, waits until it has reported progress {@code told} times, and kills it {@code millis} ms later.
     */
    private static void killAfterAWhile(
            Class<?> main, String config, Path progress, int told, int millis, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(config, progress.toString()));
        arguments.addAll(List.of(more));
        long before = Files.size(progress);
        try (OtherProcess program = OtherProcess.start(main, arguments.toArray(String[]::new))) {
            for (int wait = 0; told > 0; wait++) {
                if (wait >= 6000 || !program.isAlive()) {
                    throw program.failed("reports no progress");
                }
                Thread.sleep(5);
                long size = Files.size(progress);
                told -= size == before ? 0 : 1;
                before = size;
            }
            Thread.sleep(millis);
            if (!program.isAlive()) {
                throw program.failed("ended by itself before it was killed");
            }
        }
    }
}
