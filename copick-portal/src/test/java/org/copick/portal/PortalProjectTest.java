package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.copick.AnnotationId;
import org.copick.Difference;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.StorageException;
import org.copick.picks.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of projects in the portal: listings, requests, and layers. */
final class PortalProjectTest {
    @TempDir
    Path folder;

    private PortalServer server;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<String> names(Root root) {
        return root.runs().stream().map(Run::name).toList();
    }

    private static void listEverything(Root root) {
        for (Run run : root.runs()) {
            run.voxelSpacings().forEach(spacing -> spacing.tomograms().forEach(Tomogram::features));
            run.picks();
            run.filaments();
            run.meshes();
            run.segmentations();
        }
        root.objects().forEach(object -> assertTrue(object.findDensityMap().isEmpty()));
    }

    @Test
    void openingAsksNothing() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Layer portal = project.root.layers().get(1);
            assertEquals("portal", portal.name());
            assertTrue(portal.readOnly());
            assertEquals("cryoet-data-portal://10501,10502", portal.location());
            assertEquals(server.address().toString(), portal.endpoint().orElseThrow());
            assertEquals(5, project.root.objects().size());
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void listsRunsOfBothLayers() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            assertEquals(List.of("20001", "20002", "20003", "20004", "my-run"), names(project.root));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void everythingOfASmallProjectIsOneRequest() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            listEverything(project.root);
            assertEquals(List.of("Contents"), server.operations());
            project.root.unmerged().runs().forEach(Run::picks);
            assertEquals(List.of(), server.operations());
        }
        assertEquals(1, server.mostRunning());
    }

    @Test
    void everythingOfALargeProjectIsOneRequestForFiftyRuns() throws IOException {
        server.grow(120);
        try (PortalProject project = PortalProject.main(server, folder)) {
            listEverything(project.root);
            // 124 runs: their names, then three pages
            assertEquals(List.of("Contents", "Contents", "Contents", "Contents"), server.operations());
            assertEquals(125, names(project.root).size());
            assertEquals(2, project.root.run("105020001").voxelSpacings().size());
            assertEquals(List.of(), server.operations());
        }
        assertTrue(server.mostRunning() <= GraphQlClient.AT_ONCE);
    }

    @Test
    void runsByNameAreOneRequest() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            for (String name : List.of("20003", "20001", "20004", "20002")) {
                assertEquals(name, project.root.run(name).name());
            }
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void aRunAndItsSpacingAreOneRequest() throws IOException {
        server.grow(120);
        try (PortalProject project = PortalProject.main(server, folder)) {
            Run run = project.root.run("57020001");
            assertEquals(3, run.voxelSpacing(10).tomograms().size());
            assertEquals(List.of("Contents"), server.operations());
            assertEquals("57020001", run.name());
            project.root.run("80020001").picks();
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void namesThatAreNoIdsOfTheseDatasetsAreNoRuns() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            for (String name : List.of("020001", "+20001", "20001.0", "my-other-run", "2e4")) {
                assertTrue(project.root.findRun(name).isEmpty(), name);
            }
            assertEquals(List.of(), server.operations());
            assertTrue(project.root.findRun("29001").isEmpty(), "a run of another dataset");
        }
    }

    @Test
    void anEmptyListOfDatasetsAsksNothing() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder, config -> config.putArray("dataset_ids"))) {
            assertEquals(List.of("20001", "20002", "my-run"), names(project.root));
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void tomogramsOfOneTypeStayApart() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            VoxelSpacing spacing = project.root.run("20001").voxelSpacing(10);
            List<Tomogram> tomograms = spacing.tomograms();
            assertEquals(
                    List.of("wbp-denoised-cryocare-ctfdeconv", "wbp-denoised-cryocare-ctfdeconv", "wbp-raw"),
                    tomograms.stream().map(Tomogram::type).toList());
            assertEquals(
                    List.of("40003", "40002", "40001"),
                    tomograms.stream()
                            .map(tomogram -> String.valueOf(tomogram.metadata().get("portal_tomo_id")))
                            .toList());
            assertNotEquals(tomograms.get(0), tomograms.get(1));
            assertEquals(tomograms.get(0), spacing.tomogram("wbp-denoised-cryocare-ctfdeconv"));
            float[] first = tomograms.get(0).volume().levels().get(0).readFloats();
            float[] second = tomograms.get(1).volume().levels().get(0).readFloats();
            assertEquals(-1.125f, first[0]);
            assertEquals(-1.25f, second[0]);
        }
    }

    @Test
    void runsAndAnnotationsHaveThePortalsFacts() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Run run = project.root.run("20001");
            assertFalse(run.readOnly(), "the overlay has it, too");
            assertEquals("TS_001", run.metadata().get("portal_run_name"));
            assertEquals(10501L, run.metadata().get("portal_dataset_id"));
            assertEquals(30001L, run.voxelSpacing(10).metadata().get("portal_vs_id"));
            Picks picks =
                    run.picks(AnnotationId.of("ribosome").user("data-portal").session("62001"));
            assertTrue(picks.fromTool());
            assertEquals(List.of("Ann Author", "Bob Builder"), picks.metadata().get("portal_authors"));
            assertEquals(Map.of(), project.root.run("my-run").metadata());
        }
    }

    @Test
    void pointsAreOneRead() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Picks picks = project.root
                    .run("20001")
                    .picks(AnnotationId.of("ribosome").user("data-portal").session("62001"));
            assertEquals(List.of(), project.bucketCalls);
            assertTrue(picks.readOnly());
            assertEquals(3, picks.points().size());
            assertEquals(1, project.bucketCalls.size(), project.bucketCalls.toString());
            Point first = picks.points().get(0);
            assertEquals(List.of(10.0, 20.0, 30.0), List.of(first.x(), first.y(), first.z()));
            assertThrows(ReadOnlyException.class, () -> picks.write(List.of()));
            Picks mine = picks.writableCopy();
            assertFalse(mine.readOnly());
            assertEquals(picks.points(), mine.points());
        }
    }

    @Test
    void ownDataLieAboveThePortals() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            Run run = root.runs().get(3);
            run.newPicks(AnnotationId.of("ribosome").user("bob").session("1"), List.of());
            assertTrue(Files.exists(folder.resolve("ExperimentRuns/20004/Picks/bob_1_ribosome.json")));
            assertEquals(
                    List.of("20004"),
                    names(root).stream().filter("20004"::equals).toList());
            run.newVoxelSpacing(5);
            assertEquals(1, run.voxelSpacings().size());
            root.newRun("another").newVoxelSpacing(7);
            Tomogram tomogram = root.run("20001").voxelSpacing(10).tomogram("wbp-raw");
            tomogram.newFeatures("edges", VolumeData.of(new float[8], 2, 2, 2));
            assertEquals(1, tomogram.features().size());
            root.object("ribosome").newDensityMap(VolumeData.of(new float[8], 2, 2, 2), 4);
            assertTrue(Files.exists(folder.resolve("Objects/ribosome.zarr")));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void hidesAndComparesWhatThePortalHas() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            Run run = root.run("20001");
            Picks picks =
                    run.picks(AnnotationId.of("ribosome").user("data-portal").session("62001"));
            int before = run.picks().size();
            picks.hide();
            assertEquals(before - 1, run.picks().size());
            List<Difference> differences = root.diff(key -> key.equals(picks.key()));
            assertEquals(1, differences.size());
            assertTrue(root.unhide(picks.key()));
            root.run("20001")
                    .picks(AnnotationId.of("ribosome").user("data-portal").session("62001"))
                    .writableCopy();
            assertEquals(
                    List.of(Difference.Kind.SAME),
                    root.diff(key -> key.equals(picks.key())).stream()
                            .map(Difference::kind)
                            .toList());
            root.run("20001")
                    .picks(AnnotationId.of("ribosome").user("data-portal").session("62001"))
                    .delete();
            assertEquals(before, root.run("20001").picks().size());
            root.run("20003").hide();
            assertEquals(List.of("20001", "20002", "20004", "my-run"), names(root));
            assertThrows(ReadOnlyException.class, () -> root.run("20002").delete());
            assertTrue(names(root).contains("20002"));
        }
    }

    @Test
    void refusesNewRunsThatLookLikeIds() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            InvalidNameException failure = assertThrows(InvalidNameException.class, () -> project.root.newRun("29001"));
            assertTrue(String.valueOf(failure.getMessage()).contains("ids of portal runs"), failure.getMessage());
            assertFalse(Files.exists(folder.resolve("ExperimentRuns/29001")));
        }
    }

    @Test
    void typesWithSlashesAreReadAndNotWritten() throws IOException {
        try (PortalProject project = PortalProject.faulty(server, folder)) {
            VoxelSpacing spacing = project.root.run("29003").voxelSpacing(10);
            Tomogram tomogram = spacing.tomogram("unknown-raw-warp/M1.0.9");
            assertEquals(-4f, tomogram.volume().levels().get(0).readFloats()[0]);
            assertEquals(List.of(), tomogram.features());
            InvalidNameException failure = assertThrows(
                    InvalidNameException.class,
                    () -> tomogram.newFeatures("edges", VolumeData.of(new float[8], 2, 2, 2)));
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("tomogram 49001 contains a slash"),
                    failure.getMessage());
            assertThrows(InvalidNameException.class, tomogram::writableCopy);
            assertThrows(InvalidNameException.class, tomogram::hide);
            assertThrows(InvalidNameException.class, () -> spacing.findTomogram("another/type"));
            assertThrows(
                    NotFoundException.class,
                    () -> spacing.tomograms().stream()
                            .filter(each -> each.location().contains("/tomogram "))
                            .findFirst()
                            .orElseThrow()
                            .volume()
                            .levels()
                            .get(0));
        }
    }

    @Test
    void filesWithoutSpacingHideNothingElse() throws IOException {
        try (PortalProject project = PortalProject.faulty(server, folder)) {
            Run run = project.root.run("29002");
            List<String> sessions = run.picks().stream().map(Picks::sessionId).toList();
            List<UnparsableName> reported = run.unparsableNames();
            int files = (int) server.rows("AnnotationFile").stream()
                    .filter(row -> row.path("s3Path").asText().contains("/no spacing/"))
                    .count();
            assertEquals(files, sessions.size() + reported.size(), sessions + " " + reported);
            List<Segmentation> masks = project.root.run("29004").segmentations();
            assertEquals(
                    List.of(10.0), masks.stream().map(Segmentation::voxelSize).toList());
        }
    }

    @Test
    void readsFilesThatPythonCannotRead() throws IOException {
        try (PortalProject project = PortalProject.faulty(server, folder)) {
            Run run = project.root.run("29001");
            assertEquals(0, points(run, "69201"), "an empty file");
            assertTrue(points(run, "69202") > 0, "a blank line");
            assertEquals(2, points(run, "69203"), "CRLF");
            CorruptDataException failure = assertThrows(CorruptDataException.class, () -> points(run, "69204"));
            assertTrue(String.valueOf(failure.getMessage()).contains("line 1"), failure.getMessage());
            assertEquals(1, points(run, "69205"), "large values");
        }
    }

    private static int points(Run run, String session) {
        return run.picks(AnnotationId.of("ribosome").user("data-portal").session(session))
                .points()
                .size();
    }

    @Test
    void halvesPagesThatAreTooLarge() throws IOException {
        server.grow(60);
        server.mostRows(900);
        try (PortalProject project = PortalProject.main(server, folder)) {
            listEverything(project.root);
            List<String> operations = server.operations();
            // the first question is refused twice, and the names alone are asked for
            assertEquals(List.of("Contents", "Contents", "Runs"), operations.subList(0, 3));
            assertEquals(
                    3, project.root.run("33020001").voxelSpacing(10).tomograms().size());
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void aRunThatIsTooLargeIsAFailureThatNamesIt() throws IOException {
        server.grow(60);
        try (PortalProject project = PortalProject.main(server, folder)) {
            Run run = project.root.runs().get(1);
            server.mostRows(3);
            StorageException failure = assertThrows(StorageException.class, run::picks);
            assertTrue(String.valueOf(failure.getMessage()).contains("run "), failure.getMessage());
            server.mostRows(Integer.MAX_VALUE);
            assertFalse(run.picks().isEmpty());
        }
    }

    @Test
    void refreshComparesBeforeItAsksAgain() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            listEverything(project.root);
            server.operations();
            project.root.refresh();
            listEverything(project.root);
            assertEquals(List.of("Fresh"), server.operations());
            var added = server.rows("Run").stream()
                    .filter(row -> row.path("id").asLong() == 20004)
                    .findFirst()
                    .orElseThrow()
                    .deepCopy();
            server.rows("Run").add(added.put("id", 20005));
            assertEquals(5, names(project.root).size());
            project.root.refresh();
            assertTrue(names(project.root).contains("20005"));
            assertEquals(List.of("Fresh", "Contents"), server.operations());
        }
    }

    @Test
    void writingAsksThePortalNothing() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            listEverything(project.root);
            server.operations();
            project.root
                    .run("20001")
                    .newPicks(AnnotationId.of("pump").user("bob").session("1"), List.of());
            listEverything(project.root);
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void aFailureIsNotKept() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            server.error("Unexpected error.");
            assertThrows(StorageException.class, () -> names(project.root));
            server.error(null);
            assertEquals(5, names(project.root).size());
        }
    }

    @Test
    void reportsObjectsThatShareAnIdentifier() throws IOException {
        try (PortalProject project = PortalProject.main(
                server,
                folder,
                config -> config.withArray("pickable_objects")
                        .addObject()
                        .put("name", "again")
                        .put("is_particle", true)
                        .put("label", 9)
                        .put("identifier", "GO:0022626"))) {
            assertTrue(project.root.run("20002").picks().stream()
                    .noneMatch(picks -> picks.readOnly() && picks.objectName().equals("ribosome")));
            List<UnparsableName> problems = project.root.unparsableNames();
            assertEquals(1, problems.size());
            assertTrue(problems.get(0).reason().contains("\"ribosome\" and \"again\""), problems.toString());
        }
    }

    @Test
    void refusesConfigurationsThatNameNoService() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "portal_url", "ftp://127.0.0.1/",
                        "dataset_ids", "10501")
                .entrySet()) {
            assertThrows(
                    InvalidConfigException.class,
                    () -> PortalProject.main(
                                    server,
                                    folder.resolve(wrong.getKey()),
                                    config -> config.put(wrong.getKey(), wrong.getValue()))
                            .close());
        }
        assertEquals(List.of(), server.operations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/hostname",
                "/etc/hostname",
                "http://127.0.0.1/points",
                "https://files.cryoetdataportal.cziscience.com/points",
                "gs://bucket/points",
                "s3://",
                "s3:///points",
                "s3://bucket",
                "s3://bucket/",
                "s3://bucket/../../etc/hostname",
                "s3://bucket/a//b",
                "S3://bucket/points"
            })
    void rowsCanNameObjectsInBucketsOnly(String url) throws IOException {
        server.rows("AnnotationFile").forEach(row -> row.put("s3Path", url));
        server.rows("Tomogram").forEach(row -> row.put("s3OmezarrDir", url));
        try (PortalProject project = PortalProject.main(server, folder)) {
            Run run = project.root.run("20002");
            Picks picks = run.picks().get(0);
            assertTrue(picks.readOnly());
            assertThrows(CorruptDataException.class, picks::points);
            Tomogram tomogram = run.voxelSpacing(10).tomograms().get(0);
            assertThrows(CorruptDataException.class, tomogram::volume);
            assertEquals(List.of(), project.bucketCalls);
        }
    }

    @Test
    void bucketsAreReadWithoutCredentials() {
        PortalConfig config = PortalConfig.of(
                ProjectConfig.parse(
                        "{\"config_type\": \"cryoet_data_portal\", \"overlay_root\": \"x\", \"dataset_ids\": [1],"
                                + " \"pickable_objects\": []}",
                        "test"),
                Map.of());
        assertEquals(true, config.bucketOptions().get("anon"));
    }
}
