package org.copick.tests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests buckets that people change with consoles and other programs: folder placeholders, and compressed objects.
 *
 * @param <P> the type of the place
 */
public abstract class TouchedBucketContract<P extends NetworkUnderTest> {
    private static final String PICKS = """
        {"pickable_object_name": "ribosome", "user_id": "alice", "session_id": "1", "run_name": "TS_001",
         "voxel_spacing": 10.0, "unit": "angstrom", "trust_orientation": true, "points": [
           {"location": {"x": 1.0, "y": 2.0, "z": 3.0}, "instance_id": 0, "score": 1.0,
            "transformation_": [[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]}]}
        """;

    private final P place;
    private final CopickContext context = CopickContext.builder().build();

    /**
     * Tests the store at this place, which must be new.
     *
     * @param place the place that this contract tests
     */
    protected TouchedBucketContract(P place) {
        this.place = place;
    }

    /**
     * Puts an object into the bucket with the vendor's own client, under a name that need not be a valid key.
     *
     * @param place the place that this contract tests
     * @param name the name below the place's root
     * @param content the bytes of the object, as they are stored
     * @param encoding the object's {@code Content-Encoding}, or empty
     */
    protected abstract void put(P place, String name, byte[] content, String encoding);

    @AfterEach
    final void close() throws Exception {
        context.close();
        place.remove();
    }

    private Root open() {
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.put("config_type", "filesystem");
        ObjectNode object = config.putArray("pickable_objects").addObject();
        object.put("name", "ribosome").put("is_particle", true).put("label", 1);
        config.put("overlay_root", place.rootUrl() + "/data");
        config.set("overlay_fs_args", new ObjectMapper().valueToTree(place.arguments(place.endpoint())));
        return context.open(ProjectConfig.parse(config.toString(), "the configuration of the test"), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** Checks that listings and lookups find a run or voxel spacing that consists of a folder placeholder only. */
    @Test
    final void marksOfFoldersStandForFolders() {
        put(place, "data/", new byte[0], "");
        put(place, "data/ExperimentRuns/", new byte[0], "");
        put(place, "data/ExperimentRuns/TS_001/Picks/alice_1_ribosome.json", bytes(PICKS), "");
        put(place, "data/ExperimentRuns/TS_002/", new byte[0], "");
        put(place, "data/ExperimentRuns/TS_003/", new byte[0], "");
        put(place, "data/ExperimentRuns/TS_003/VoxelSpacing7.500/", new byte[0], "");
        try (Root root = open()) {
            assertEquals(
                    List.of("TS_001", "TS_002", "TS_003"),
                    root.runs().stream().map(Run::name).toList());
            for (Run run : root.runs()) {
                assertEquals(
                        run.name().equals("TS_003") ? 1 : 0, run.voxelSpacings().size(), run.name());
                assertEquals(run.name().equals("TS_001") ? 1 : 0, run.picks().size(), run.name());
            }
            assertEquals(7.5, root.run("TS_003").voxelSpacings().get(0).voxelSize());
        }
        try (Root root = open()) {
            assertEquals("TS_002", root.run("TS_002").name());
            assertTrue(root.findRun("TS_004").isEmpty());
            assertThrows(AlreadyExistsException.class, () -> root.newRun("TS_002"));
        }
        try (Root root = open()) {
            assertEquals(7.5, root.run("TS_003").voxelSpacing(7.5).voxelSize());
            assertThrows(AlreadyExistsException.class, () -> root.run("TS_003").newVoxelSpacing(7.5));
        }
    }

    @Test
    final void packedDocumentsAreWhatTheyHold() throws Exception {
        byte[] content = bytes(PICKS);
        String key = "data/ExperimentRuns/TS_001/Picks/alice_1_ribosome.json";
        put(place, key, packed(content), "gzip");
        try (Root root = open()) {
            var points = root.run("TS_001").picks().get(0).document().points();
            assertEquals(1, points.size());
            assertEquals(3.0, points.get(0).z());
        }
        try (ObjectStore store = place.open()) {
            ObjectInfo info = store.info(key).orElseThrow();
            assertEquals(content.length, info.size());
            assertEquals(info, store.read(key).orElseThrow().info());
            List<ByteRange> ranges =
                    List.of(ByteRange.of(0, 5), ByteRange.last(4), ByteRange.of(content.length - 2, 10));
            List<byte[]> parts =
                    store.readRanges(key, ranges, info.version()).orElseThrow().parts();
            String all = new String(content, StandardCharsets.UTF_8);
            assertEquals(all.substring(0, 5), new String(parts.get(0), StandardCharsets.UTF_8));
            assertEquals(all.substring(all.length() - 4), new String(parts.get(1), StandardCharsets.UTF_8));
            assertEquals(all.substring(all.length() - 2), new String(parts.get(2), StandardCharsets.UTF_8));
            assertArrayEquals(content, store.read(key).orElseThrow().bytes());
        }
    }

    @Test
    final void whatIsNotPackedAsItIsSaidNamesTheRemedy() throws Exception {
        byte[] content = bytes(PICKS);
        byte[] packed = packed(content);
        String key = "data/packed";
        put(place, key, packed, "x-gzip");
        try (ObjectStore store = place.open()) {
            assertArrayEquals(content, store.read(key).orElseThrow().bytes());
            for (byte[] broken : new byte[][] {content, Arrays.copyOf(packed, packed.length / 2), {}}) {
                put(place, key, broken, "gzip");
                assertTells(
                        assertThrows(CorruptDataException.class, () -> store.read(key)),
                        "its Content-Encoding is gzip, but its bytes are not complete gzip data; store it again");
            }
            for (String encoding : List.of("deflate", "br", "gzip, gzip")) {
                put(place, key, content, encoding);
                assertTells(
                        assertThrows(UnsupportedFeatureException.class, () -> store.read(key)), "\"" + encoding + "\"");
            }
        }
    }

    private static void assertTells(CopickException e, String told) {
        assertTrue(String.valueOf(e.getMessage()).contains(told), e::getMessage);
    }
}
