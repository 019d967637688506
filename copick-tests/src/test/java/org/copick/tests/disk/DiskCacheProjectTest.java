package org.copick.tests.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.Root;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.storage.StoreOperation;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStorageProvider;
import org.copick.tests.MemoryStore;
import org.copick.tests.SuppliedStores;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the requests for opening a tomogram again the next day, with a disk cache below the project. */
class DiskCacheProjectTest {
    private static final int SIZE = 128;
    private static final long ROOM = 1 << 30;
    private static final String FOLDER = "ExperimentRuns/TS/VoxelSpacing10.000/";

    private final float[] noise = new float[SIZE * SIZE * SIZE];

    @TempDir
    private Path folder;

    private final MemoryStore remote = new MemoryStore();
    private final SuppliedStores stores = new SuppliedStores();
    private final String url = stores.url(remote::reopen);
    private final List<StoreOperation> operations = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void fill() {
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextFloat();
        }
        VolumeData data = VolumeData.of(noise, SIZE, SIZE, SIZE);
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.open(config(""), null)) {
            var spacing = root.newRun("TS").newVoxelSpacing(10);
            ImageFormat two = ImageFormat.VERSION_2.withChunk(64, SIZE, SIZE);
            spacing.newTomogram("v2", data, VolumeOptions.defaults().format(two).levels(1));
            ImageFormat three = ImageFormat.VERSION_3.withChunk(32, 64, 64);
            spacing.newTomogram(
                    "v3", data, VolumeOptions.defaults().format(three).levels(1));
        }
    }

    @AfterEach
    void closeStores() {
        stores.close();
        stores.assertReleased();
    }

    private ProjectConfig config(String more) {
        return ProjectConfig.parse(
                "{\"overlay_root\": \"" + url + "\", \"pickable_objects\": []" + more + "}", "the test");
    }

    /**
     * Reads level 0 in a new context without memory of earlier reads, with this disk cache or that of the
     * configuration.
     */
    private float[] onANewDay(String type, boolean byConfig, Read read) {
        operations.clear();
        CopickContext.Builder builder =
                CopickContext.builder().executors(Runnable::run, Runnable::run).listener(operations::add);
        String more = byConfig ? ", \"disk_cache\": {\"path\": \"cache\", \"max_bytes\": " + ROOM + "}" : "";
        try (CopickContext context = (byConfig ? builder : builder.diskCache(folder.resolve("cache"), ROOM)).build();
                Root root = context.open(config(more), folder)) {
            return read.of(
                    root.run("TS").voxelSpacing(10).tomogram(type).volume().level(0));
        }
    }

    private interface Read {
        float[] of(Level level);
    }

    private static Read plane(int z) {
        return level -> level.plane(Axis.Z, z);
    }

    /** Returns the requests for objects of the level: kind, key and bytes. */
    private List<String> chunkRequests(String type) {
        String level = FOLDER + type + ".zarr/0/";
        return operations.stream()
                .filter(operation -> operation.key().startsWith(level))
                .filter(operation -> !operation.key().endsWith("zarr.json"))
                .filter(operation -> !operation.key().endsWith(".zarray"))
                .map(operation -> operation.kind() + " "
                        + operation.key().substring(level.length())
                        + (operation.bytes() == 0 ? "" : " " + operation.bytes()))
                .toList();
    }

    private Map<Kind, Integer> requests() {
        Map<Kind, Integer> counts = new TreeMap<>();
        operations.forEach(operation -> counts.merge(operation.kind(), 1, Integer::sum));
        return counts;
    }

    private long bytes() {
        return operations.stream().mapToLong(StoreOperation::bytes).sum();
    }

    private long sizeOf(String... keys) {
        return Stream.of(keys)
                .mapToLong(key -> remote.info(FOLDER + key).orElseThrow().size())
                .sum();
    }

    private long metadata(String type) {
        return type.equals("v2")
                ? sizeOf("v2.zarr/.zgroup", "v2.zarr/.zattrs", "v2.zarr/0/.zarray")
                : sizeOf("v3.zarr/zarr.json", "v3.zarr/0/zarr.json");
    }

    /** Returns the expected requests: those for opening the volume, which repeat every day, and these for chunks. */
    private static Map<Kind, Integer> openingAnd(String type, Kind kind, int chunkRequests) {
        Map<Kind, Integer> counts =
                new TreeMap<>(Map.of(Kind.LIST, 3, Kind.INFO, 1, Kind.READ, type.equals("v2") ? 4 : 2));
        counts.merge(kind, chunkRequests, Integer::sum);
        return counts;
    }

    @ParameterizedTest
    @CsvSource({"v2,false", "v2,true", "v3,false", "v3,true"})
    void aSliceThatWasReadCostsOneQuestionForEachChunkTheNextDay(String type, boolean byConfig) {
        float[] plane = onANewDay(type, byConfig, plane(5));
        assertArrayEquals(Arrays.copyOfRange(noise, 5 * SIZE * SIZE, 6 * SIZE * SIZE), plane);
        assertEquals(openingAnd(type, Kind.READ_RANGES, 2), requests(), "the first day");
        assertTrue(bytes() > metadata(type));

        assertArrayEquals(plane, onANewDay(type, byConfig, plane(5)));
        assertEquals(List.of("INFO 0/0/0"), chunkRequests(type));
        assertEquals(openingAnd(type, Kind.INFO, 1), requests());
        assertEquals(metadata(type), bytes(), "metadata only");
    }

    @Test
    void aTomogramThatWasReadCostsOneQuestionForEachChunkTheNextDay() {
        for (String type : List.of("v2", "v3")) {
            int chunks = type.equals("v2") ? 2 : 1;
            assertArrayEquals(noise, onANewDay(type, false, Level::readFloats));
            assertEquals(openingAnd(type, Kind.READ, chunks), requests(), "the first day");

            assertArrayEquals(noise, onANewDay(type, false, Level::readFloats));
            assertEquals(openingAnd(type, Kind.INFO, chunks), requests());
            assertEquals(metadata(type), bytes(), "metadata only");

            for (int z : new int[] {0, 63, 64, 127}) {
                float[] plane = onANewDay(type, false, plane(z));
                assertArrayEquals(Arrays.copyOfRange(noise, z * SIZE * SIZE, (z + 1) * SIZE * SIZE), plane);
                assertEquals(openingAnd(type, Kind.INFO, 1), requests(), "slice " + z);
                assertEquals(metadata(type), bytes(), "metadata only");
            }
        }
    }

    @Test
    void slicesThatWereAllReadAreTheTomogram() {
        onANewDay("v2", false, level -> {
            for (int z = 0; z < SIZE; z++) {
                level.plane(Axis.Z, z);
            }
            return new float[0];
        });
        assertArrayEquals(noise, onANewDay("v2", false, Level::readFloats));
        assertEquals(List.of("INFO 0/0/0", "INFO 1/0/0"), chunkRequests("v2"));
    }

    @Test
    void aChunkThatWasReplacedIsReadAnew() {
        float[] before = onANewDay("v2", false, Level::readFloats);
        String replaced = FOLDER + "v2.zarr/0/0/0/0";
        byte[] other = remote.read(FOLDER + "v2.zarr/0/1/0/0").orElseThrow().bytes();
        remote.write(replaced, other, WriteCondition.ANY);

        float[] after = onANewDay("v2", false, Level::readFloats);
        int half = SIZE * SIZE * SIZE / 2;
        assertArrayEquals(Arrays.copyOfRange(before, half, 2 * half), Arrays.copyOfRange(after, 0, half));
        assertEquals(List.of("INFO 0/0/0", "READ 0/0/0 " + other.length, "INFO 1/0/0"), chunkRequests("v2"));
    }

    @Test
    void whatCameFromAnywhereElseIsNotKept() throws Exception {
        String local = "memory://disk-cache-project-test";
        try (CopickContext context = CopickContext.builder()
                        .diskCache(folder.resolve("cache"), ROOM)
                        .build();
                Root root = context.open(
                        ProjectConfig.parse("{\"overlay_root\": \"" + local + "\", \"pickable_objects\": []}", "x"),
                        folder)) {
            var spacing = root.newRun("TS").newVoxelSpacing(10);
            spacing.newTomogram("wbp", VolumeData.of(noise, SIZE, SIZE, SIZE))
                    .volume()
                    .level(0)
                    .readFloats();
        } finally {
            MemoryStorageProvider.forget("disk-cache-project-test");
        }
        assertEquals(List.of(), KeptFiles.in(folder.resolve("cache")));
    }
}
