package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.error.CopickException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.layout.RootIndex;
import org.copick.picks.Point;
import org.copick.storage.ObjectStore;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
    void aProjectIsListedByOneRequestAndADocumentReadByOne() throws IOException {
        publish(true);
        try (Root root = open(folder.resolve("mine").toString(), server.url())) {
            assertEquals(List.of(), server.seen(), "opening costs no request");
            Run run = root.run("TS 1+2");
            Picks picks = run.picks().get(0);
            Tomogram tomogram = run.voxelSpacing(10).tomogram("wbp");
            List<String> seen = server.seen();
            assertEquals(1, seen.size(), seen::toString);
            assertTrue(seen.get(0).startsWith(INDEX), seen::toString);

            assertEquals(Point.at(1, 2, 3), picks.points().get(0));
            assertEquals(size("Picks/alice_1_ribosome.json"), picks.storedBytes());
            assertEquals(
                    List.of("GET /data/ExperimentRuns/TS%201%2B2/Picks/alice_1_ribosome.json"),
                    server.seen(),
                    "the index, made elsewhere, has the size");

            float[] plane = tomogram.plane(Axis.Z, 3);
            float[] expected = new float[64 * 64];
            System.arraycopy(slopes(), 3 * 64 * 64, expected, 0, expected.length);
            assertArrayEquals(expected, plane);
            String volume = "GET /data/ExperimentRuns/TS%201%2B2/VoxelSpacing10.000/wbp.zarr/";
            assertEquals(
                    List.of(volume + ".zattrs", volume + ".zgroup", volume + "0/.zarray", volume + "0/0/0/0"),
                    server.seen().stream().sorted().toList(),
                    "metadata and a chunk, as on an object store");
            tomogram.plane(Axis.Z, 3);
            assertEquals(List.of(), server.seen(), "the second read is served from the cache");
        }
    }

    /** Returns the size of an object of the run on disk. */
    private long size(String name) throws IOException {
        return Files.size(folder.resolve("shared/ExperimentRuns/TS 1+2/" + name));
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
    void anIndexOfAWebServerIsMadeWhereTheFilesAre() {
        publish(true);
        try (ObjectStore store = context.store(server.url())) {
            for (Executable operation : List.<Executable>of(() -> RootIndex.write(store), () -> RootIndex.of(store))) {
                CopickException e = assertThrows(UnsupportedFeatureException.class, operation);
                assertEquals(
                        "cannot list " + server.url()
                                + "/ExperimentRuns/: a web server lists no folders; make the index"
                                + " where the files are, with copick index on the folder, and upload it",
                        e.getMessage());
            }
        }
        assertEquals(List.of(), server.seen());
    }

    @Test
    void anIndexThatTheServerSendsPackedIsRead() {
        publish(true);
        try (ObjectStore shared = context.store(folder.resolve("shared").toString())) {
            server.putEncoded(
                    RootIndex.KEY, shared.read(RootIndex.KEY).orElseThrow().bytes(), "gzip");
        }
        try (Root root = open(folder.resolve("mine").toString(), server.url())) {
            assertEquals(1, root.run("TS 1+2").picks().size());
        }
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
