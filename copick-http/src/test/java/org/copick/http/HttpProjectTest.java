package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.error.CopickException;
import org.copick.layout.RootIndex;
import org.copick.picks.Point;
import org.copick.storage.ObjectStore;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a project on a web server, with an overlay on the local disk. */
final class HttpProjectTest {
    private static final String INDEX = "GET /data/" + RootIndex.KEY;

    private final WebServer server = new WebServer();
    private final CopickContext context = CopickContext.builder().build();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        context.close();
        server.close();
    }

    private static float[] slopes() {
        float[] values = new float[24 * 64 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 1000;
        }
        return values;
    }

    private Root open(String overlay, String shared) {
        String roots = "\"overlay_root\": \"" + overlay + "\""
                + (shared.isEmpty() ? "" : ", \"static_root\": \"" + shared + "\"");
        String json =
                "{\"config_type\": \"filesystem\", \"pickable_objects\": [{\"name\": \"ribosome\", \"is_particle\":"
                        + " true, \"label\": 1}], " + roots + "}";
        return context.open(ProjectConfig.parse(json, "the configuration of the test"), null);
    }

    /** Writes a project on disk, and serves a copy of it. */
    private void publish(boolean withIndex) {
        Path shared = folder.resolve("shared");
        try (Root root = open(shared.toString(), "")) {
            Run run = root.newRun("TS 1+2");
            run.newVoxelSpacing(10)
                    .newTomogram(
                            "wbp",
                            VolumeData.of(slopes(), 24, 64, 64),
                            VolumeOptions.defaults()
                                    .format(ImageFormat.VERSION_2.withChunk(8, 64, 64))
                                    .levels(1));
            run.newPicks(AnnotationId.of("ribosome").user("alice").session("1"), List.of(Point.at(1, 2, 3)));
        }
        try (ObjectStore store = context.store(shared.toString())) {
            if (withIndex) {
                RootIndex.write(store);
            }
            store.forEach(
                    "",
                    object -> server.put(
                            object.key(), store.read(object.key()).orElseThrow().bytes()));
        }
        server.seen();
    }

    @Test
    void aProjectIsListedByOneRequestAndReadByRanges() {
        publish(true);
        try (Root root = open(folder.resolve("mine").toString(), server.url())) {
            assertEquals(List.of(), server.seen(), "opening costs no request");
            Run run = root.run("TS 1+2");
            assertEquals(1, run.picks().size());
            Tomogram tomogram = run.voxelSpacing(10).tomogram("wbp");
            assertEquals(
                    1,
                    server.seen().stream()
                            .filter(request -> request.startsWith(INDEX))
                            .count());

            float[] plane = tomogram.plane(Axis.Z, 3);
            float[] expected = new float[64 * 64];
            System.arraycopy(slopes(), 3 * 64 * 64, expected, 0, expected.length);
            assertArrayEquals(expected, plane);
            assertEquals(Point.at(1, 2, 3), run.picks().get(0).points().get(0));
            List<String> seen = server.seen();
            assertTrue(
                    seen.stream().allMatch(request -> request.contains("/data/ExperimentRuns/TS%201%2B2/")),
                    seen::toString);
        }
    }

    @Test
    void annotationsGoIntoTheOverlay() {
        publish(true);
        try (Root root = open(folder.resolve("mine").toString(), server.url())) {
            Run run = root.run("TS 1+2");
            run.newPicks(AnnotationId.of("ribosome").user("bob").session("1"), List.of(Point.at(4, 5, 6)));
            assertEquals(2, run.picks().size());
        }
        List<String> seen = server.seen();
        assertTrue(seen.stream().allMatch(request -> request.matches("(GET|HEAD) .*")), seen::toString);
        try (ObjectStore mine = context.store(folder.resolve("mine").toString())) {
            assertTrue(
                    mine.info("ExperimentRuns/TS 1+2/Picks/bob_1_ribosome.json").isPresent());
        }
    }

    @Test
    void aConfigurationNeedsNoIndex() {
        server.put(
                "copick.json",
                "{\"config_type\": \"filesystem\", \"pickable_objects\": [], \"overlay_root\": \""
                        + folder.resolve("mine") + "\"}");
        try (Root root = context.open(server.url() + "/copick.json")) {
            assertEquals(List.of(), root.runs());
        }
        assertEquals(List.of("GET /data/copick.json"), server.seen());
    }

    @Test
    void aProjectWithoutIndexIsRefusedWithTheWayToWriteOne() {
        publish(false);
        try (Root root = open(folder.resolve("mine").toString(), server.url())) {
            CopickException e = assertThrows(CopickException.class, root::runs);
            assertTrue(String.valueOf(e.getMessage()).contains("copick index"), e.getMessage());
        }
    }
}
