package org.copick.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.layout.RootIndex;
import org.copick.picks.Point;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the cost of user actions on a network store: number of requests, bytes, and consecutive round trips. */
public abstract class NetworkBudgetsContract {
    private final NetworkUnderTest place;
    private final FaultyProxy proxy;
    private final CopickContext context = CopickContext.builder().build();

    /**
     * Tests the store at this place, which must be new.
     *
     * @param place a new place of the server
     */
    protected NetworkBudgetsContract(NetworkUnderTest place) {
        this.place = place;
        this.proxy = new FaultyProxy(place.endpoint());
    }

    @AfterEach
    final void close() throws Exception {
        context.close();
        proxy.close();
        place.remove();
    }

    private Root open(String overlay, String shared) {
        return open(overlay, shared, "");
    }

    private Root open(String overlay, String shared, String more) {
        StringBuilder json = new StringBuilder("{\"config_type\": \"filesystem\", \"pickable_objects\": [{\"name\":"
                + " \"ribosome\", \"is_particle\": true, \"label\": 1}]");
        String arguments = json(place.arguments(proxy.endpoint()));
        root(json, "overlay", overlay, arguments);
        root(json, "static", shared, arguments);
        json.append(more);
        return context.open(ProjectConfig.parse(json + "}", "the configuration of the test"), null);
    }

    private void root(StringBuilder json, String name, String folder, String arguments) {
        if (!folder.isEmpty()) {
            json.append(", \"")
                    .append(name)
                    .append("_root\": \"")
                    .append(place.rootUrl())
                    .append('/')
                    .append(folder);
            json.append("\", \"").append(name).append("_fs_args\": ").append(arguments);
        }
    }

    private static String json(Map<?, ?> values) {
        List<String> fields = new ArrayList<>();
        values.forEach((name, value) -> fields.add("\"" + name + "\": "
                + (value instanceof Map<?, ?> inner
                        ? json(inner)
                        : value instanceof String ? "\"" + value + "\"" : String.valueOf(value))));
        return "{" + String.join(", ", fields) + "}";
    }

    private void fillRuns() throws Exception {
        Map<String, byte[]> objects = new HashMap<>();
        byte[] picks =
                "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"u\", \"session_id\": \"0\", \"points\": []}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            String run = String.format("shared/ExperimentRuns/TS_%03d/", i);
            for (String user : List.of("a", "b", "c")) {
                objects.put(run + "Picks/" + user + "_0_ribosome.json", picks);
            }
            for (String key : List.of(".zgroup", ".zattrs", "0/.zarray", "0/0/0/0")) {
                objects.put(run + "VoxelSpacing10.000/wbp.zarr/" + key, "{}".getBytes(StandardCharsets.UTF_8));
            }
        }
        objects.put("mine/ExperimentRuns/TS_007/Picks/me_1_ribosome.json", picks);
        place.fill(objects);
    }

    private static int listEverything(Root root) {
        int found = 0;
        for (Run run : root.runs()) {
            found += run.picks().size();
            for (VoxelSpacing spacing : run.voxelSpacings()) {
                found += spacing.tomograms().size();
            }
        }
        return found;
    }

    private Map<String, Integer> requests() {
        Map<String, Integer> kinds = new TreeMap<>();
        proxy.exchanges().forEach(done -> kinds.merge(place.kind(done.request()), 1, Integer::sum));
        return kinds;
    }

    @Test
    void aHundredRunsAreListedByAFewRequests() throws Exception {
        fillRuns();
        try (Root root = open("shared", "")) {
            assertEquals(400, listEverything(root));
            assertEquals(Map.of("LIST", 2), requests(), "one listing of the runs, one of all 700 keys");
        }
        try (Root root = open("mine", "shared")) {
            assertEquals(401, listEverything(root));
            assertEquals(Map.of("LIST", 4), requests(), "two listings for each layer");
        }
    }

    @Test
    void aStaticRootWithAnIndexIsListedByOneRequest() throws Exception {
        fillRuns();
        try (ObjectStore store = place.open(place.endpoint(), Duration.ofSeconds(30))) {
            RootIndex.write(new PrefixStore(store, "shared/"));
        }
        try (Root root = open("mine", "shared", ", \"static_index\": true")) {
            assertEquals(Map.of(), requests(), "opening costs no request");
            assertEquals(401, listEverything(root));
            assertEquals(
                    Map.of("GET", 1, "LIST", 2), requests(), "one request for the index, two listings of the overlay");
            Map<String, Integer> expected = new TreeMap<>(Map.of("LIST", 2));
            expected.putAll(requestsForInfo("shared/" + RootIndex.KEY));
            root.refresh();
            assertEquals(401, listEverything(root));
            assertEquals(expected, requests(), "an unchanged index is not read again");
        }
    }

    /** Returns the one request for an object's version, which is of another kind in each service. */
    private Map<String, Integer> requestsForInfo(String key) {
        try (ObjectStore store = place.open(proxy.endpoint(), Duration.ofSeconds(30))) {
            assertTrue(store.info(key).isPresent());
        }
        Map<String, Integer> requests = requests();
        assertEquals(1, requests.values().stream().mapToInt(Integer::intValue).sum(), requests::toString);
        return requests;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFirstSliceTakesThreeRoundsAtMost(int version) {
        ImageFormat format = version == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3.withChunk(24, 128, 128);
        writeTomogram(24, 512, VolumeOptions.defaults().format(format).levels(1));
        try (Root root = open("mine", "")) {
            var tomogram = root.run("TS").voxelSpacing(10).tomogram("wbp");
            // v2: metadata, then offsets and a block of each of four chunks; v3: metadata, then the whole shard, all of
            // which is needed
            proxy.inRounds(() -> tomogram.plane(Axis.Z, 20), version == 2 ? new int[] {3, 4, 4} : new int[] {2, 1});
            tomogram.plane(Axis.Z, 20);
            assertEquals(
                    List.of(),
                    proxy.exchanges().stream()
                            .map(done -> done + done.request().header("range"))
                            .toList(),
                    "the second read is served from the cache");
        }
    }

    /**
     * Checks a viewer that opens a tomogram by name: four round trips from the name of the project to the first image.
     */
    @Test
    void aSliceOfATomogramKnownByNameTakesFourRounds() {
        writeTomogram(24, 256, VolumeOptions.defaults().levels(1));
        try (Root root = open("mine", "")) {
            int run = 1, metadata = 3, offsets = 1, block = 1;
            proxy.inRounds(
                    () -> root.run("TS").voxelSpacing(10).tomogram("wbp").plane(Axis.Z, 20),
                    run,
                    metadata,
                    offsets,
                    block);
        }
    }

    @Test
    void whatIsNotThereIsLookedForEachTime() throws Exception {
        fillRuns();
        try (Root root = open("shared", "");
                Root other = open("shared", "")) {
            Run run = root.run("TS_003");
            assertTrue(run.findPicks(AnnotationId.of("ribosome").user("later").session("1"))
                    .isEmpty());
            other.run("TS_003")
                    .newPicks(AnnotationId.of("ribosome").user("later").session("1"));
            assertTrue(
                    run.findPicks(AnnotationId.of("ribosome").user("later").session("1"))
                            .isPresent(),
                    "new picks are found even if the run was listed before");
        }
    }

    @Test
    void aFirstSliceOfALargeShardTakesItsIndexAndItsChunks() {
        writeTomogram(
                96,
                256,
                VolumeOptions.defaults()
                        .format(ImageFormat.VERSION_3.withChunk(8, 128, 128))
                        .levels(1));
        try (Root root = open("mine", "")) {
            var tomogram = root.run("TS").voxelSpacing(10).tomogram("wbp");
            int metadata = 2, index = 1, chunks = 1; // one request, because the four chunks are adjacent
            proxy.inRounds(() -> tomogram.plane(Axis.Z, 20), metadata, index, chunks);
        }
    }

    private void writeTomogram(int depth, int width, VolumeOptions options) {
        try (Root root = open("mine", "")) {
            VolumeData data = VolumeData.of(noise(depth * width * width), depth, width, width);
            root.newRun("TS").newVoxelSpacing(10).newTomogram("wbp", data, options);
        }
    }

    /** Checks the cost of replacing a volume safely: objects are staged, then committed, then copied by the service. */
    @Test
    void aReplacedVolumeTakesTwoRequestsForEachObjectAndElevenMore() {
        VolumeOptions options = VolumeOptions.defaults()
                .format(ImageFormat.VERSION_2.withChunk(16, 32, 32))
                .levels(1);
        writeTomogram(32, 64, options);
        try (Root root = open("mine", "")) {
            VoxelSpacing spacing = root.run("TS").voxelSpacing(10);
            VolumeData data = VolumeData.of(noise(32 * 64 * 64), 32, 64, 64);
            // the first write finds out which conditions this server supports
            spacing.newTomogram("wbp", data, options.onExisting(OnExisting.REPLACE));
            requests();
            spacing.newTomogram("wbp", data, options.onExisting(OnExisting.REPLACE));
            int objects = 8 + 3, marks = 4, listings = 4, deletions = 3;
            assertEquals(
                    2 * objects + marks + listings + deletions,
                    proxy.exchanges().size(),
                    "each chunk and metadata object is written and copied");
            assertTrue(spacing.findTomogram("wbp").isPresent());
        }
    }

    private static float[] noise(int length) {
        java.util.Random random = new java.util.Random(1);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(1000);
        }
        return values;
    }

    @Test
    void picksAreReadAndSavedByOneRequestEach() throws Exception {
        fillRuns();
        try (Root root = open("shared", "")) {
            List<Picks> picks = root.run("TS_003").picks();
            assertEquals(Map.of("LIST", 1), requests(), "looking up the run also lists its contents");
            picks.forEach(Picks::points);
            assertEquals(Map.of("GET", 3), requests());
            // the first write finds out which conditions this server supports
            picks.get(0).write(List.of(Point.at(1, 2, 3)));
            requests();
            picks.get(1).write(List.of(Point.at(1, 2, 3)));
            assertEquals(Map.of("PUT", 1), requests());
        }
    }

    @Test
    void picksAreCreatedWithTheirPointsByOneWrite() throws Exception {
        fillRuns();
        try (Root root = open("mine", "shared")) {
            Run run = root.run("TS_003");
            // the first write finds out which conditions this server supports
            run.newPicks(AnnotationId.of("ribosome").user("me").session("1"), List.of(Point.at(1, 2, 3)));
            requests();
            run.newPicks(AnnotationId.of("ribosome").user("me").session("2"), List.of(Point.at(1, 2, 3)));
            Map<String, Integer> requests = requests();
            assertEquals(1, requests.get("PUT"), requests::toString);
            int lookups = 2;
            assertEquals(
                    1 + lookups,
                    requests.values().stream().mapToInt(Integer::intValue).sum(),
                    () -> "one lookup for each layer: " + requests);
        }
    }
}
