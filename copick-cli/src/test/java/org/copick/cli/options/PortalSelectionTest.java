package org.copick.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.copick.cli.PortalProject;
import org.copick.cli.output.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the selection of runs and entities by what the CryoET Data Portal calls them and knows about them. */
final class PortalSelectionTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private PortalProject project;

    @BeforeEach
    void start() throws IOException {
        project = new PortalProject(folder);
    }

    @AfterEach
    void stop() {
        project.close();
    }

    private Called called(Object... arguments) {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--config");
        all.add(project.config());
        return Called.copick(all.toArray());
    }

    private String done(Object... arguments) {
        return called(arguments).succeeded().out();
    }

    /** Returns the run and URI of each listed entity. */
    private List<String> listed(Object... options) {
        List<Object> all = new ArrayList<>(List.of("ls"));
        all.addAll(Arrays.asList(options));
        return done(all.toArray())
                .lines()
                .map(line -> line.replaceAll("^(\\S+)\t\\S+\t(\\S+)\t.*$", "$1 $2"))
                .toList();
    }

    /** Returns the distinct runs of a listing. */
    private List<String> runs(Object... options) {
        return listed(options).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .toList();
    }

    /** A configuration of another project with the same objects in a folder. */
    private Path otherProject() throws IOException {
        Path other = folder.resolve("other.json");
        Called.copick("config", "filesystem", "--overlay-root", folder.resolve("other"), "--config", other)
                .succeeded();
        return other;
    }

    @Test
    void entitiesAreListedByMetadata() {
        assertEquals(
                List.of("20001 ribosome:data-portal/62001", "20001 ribosome:data-portal/62002"),
                listed("--where", "confidence_precision=99.5"));
        assertEquals(1, project.requests());
        assertEquals(
                List.of("20001 ribosome:data-portal/62003", "20001 ribosome:data-portal/62004"),
                listed("--where", "method_type = automated", "--where", "shape_type=OrientedPoint"));
        assertEquals(
                List.of("20001 ribosome:data-portal/62003", "20001 ribosome:data-portal/62004"),
                listed("--where", "confidence_recall>=70", "--where", "id<=60002"));
        assertEquals(List.of("20001 wbp-denoised-cryocare-ctfdeconv@10.0"), listed("--where", "deposition_id=10401"));
        assertEquals(
                List.of("20001 wbp-raw@10.0", "20002 fourierSpace-filteredEven@10.0"),
                listed("--where", "ctf_corrected=null"));
        assertEquals(List.of("20003"), runs("--where", "dataset_id=10502", "--where", "run_name=TS_001"));
        Called none = called("ls", "--where", "release_date>=2025-03-03").succeeded();
        assertEquals("", none.out());
        assertTrue(none.err().startsWith("copick: nothing matches the conditions; "), none.err());
        assertFalse(listed("--where", "release_date<=2025-03-02").isEmpty());
    }

    @Test
    void allAuthorsAreNeeded() {
        assertEquals(
                List.of("20001 ribosome:data-portal/62001", "20001 ribosome:data-portal/62002"),
                listed("ribosome", "--author", "Bob Builder", "--author", "Ann Author"));
        assertEquals(List.of("20002"), runs("pump", "--author", "Cy Curator", "--author", "Ann Author"));
    }

    @Test
    void unknownFieldsAndWrongValuesAreRefused() throws IOException {
        String unknown = called("ls", "--where", "nope=1").refused().err();
        assertTrue(unknown.contains("no kind of entity has the metadata field nope; the fields are"), unknown);
        assertTrue(unknown.contains(", method_type, "), unknown);
        String apart = called("ls", "--where", "method_type=manual", "--where", "processing=raw")
                .refused()
                .err();
        assertTrue(apart.contains("no kind of entity has the metadata fields method_type, processing"), apart);
        String picks =
                called("stats", "picks", "--where", "processing=raw").refused().err();
        assertTrue(picks.contains("no metadata field \"processing\" of picks"), picks);
        String number = called("ls", "--where", "id=first").refused().err();
        assertTrue(number.contains("invalid condition id=first: the field id takes an integer"), number);
        Called usage = called("ls", "--where", "method_type");
        assertEquals(ExitStatus.WRONG_USAGE, usage.status());
        assertTrue(usage.err().contains("'method_type' is not FIELD=VALUE, FIELD>=VALUE or FIELD<=VALUE"), usage.err());
        assertEquals(
                ExitStatus.WRONG_USAGE,
                called("ls", "--hidden", "--author", "Ann Author").status());
        Path golden = Golden.unpack("v1", folder);
        String none = Called.copick("ls", "--where", "id=1", "-c", Golden.config(golden, "copick.template.json"))
                .refused()
                .err();
        assertTrue(none.contains("has the metadata field id: the project has no metadata"), none);
    }

    @Test
    void picksAndMasksAreCountedByMetadata() throws IOException {
        JsonNode picks = MAPPER.readTree(done("stats", "picks", "--where", "method_type=manual", "--json"));
        assertEquals(3, picks.path("total_pick_files").intValue());
        JsonNode masks = MAPPER.readTree(
                done("stats", "segmentations", "--segmentation-type", "all", "--author", "Bob Builder", "--json"));
        assertEquals(2, masks.path("total_segmentations").intValue());
        JsonNode binary = MAPPER.readTree(done("stats", "segmentations", "--author", "Bob Builder", "--json"));
        assertEquals(1, binary.path("total_segmentations").intValue());
    }

    @Test
    void entitiesAreCopiedByMetadata() throws IOException {
        Path other = otherProject();
        assertEquals(
                "2 copied, 0 failed\n",
                done("sync", "picks", "--target-config", other, "--where", "confidence_precision=99.5"));
        // the condition selects one of two tomograms of a type
        assertEquals(
                "1 copied, 0 failed\n", done("sync", "tomograms", "--target-config", other, "--where", "id=40002"));
        assertEquals(
                "1 copied, 0 failed\n",
                done(
                        "sync",
                        "segmentations",
                        "--target-config",
                        other,
                        "--where",
                        "run_name=TS_001",
                        "--author",
                        "Bob Builder"));
        Path third = folder.resolve("third.json");
        Called.copick("config", "filesystem", "--overlay-root", folder.resolve("third"), "--config", third)
                .succeeded();
        Called copy = called("copy", "--to", third, "--where", "deposition_id=10401");
        assertEquals("", copy.err());
        assertEquals("1 copied, 0 there already, 0 failed\n", copy.out());
        assertEquals(
                List.of("20001", "20001/VoxelSpacing10.000"),
                folders(folder.resolve("third/ExperimentRuns")),
                "nothing else is created");
    }

    @Test
    void entitiesAreExportedByMetadata() throws IOException {
        done(
                "export",
                "picks",
                "--picks-uri",
                "*:*/*",
                "--output-format",
                "csv",
                "--output-dir",
                folder.resolve("csv"),
                "--where",
                "source=community");
        assertEquals(1, files(folder.resolve("csv")).size());
        assertTrue(files(folder.resolve("csv")).get(0).contains("62004"));
        done(
                "export",
                "tomogram",
                "--tomogram-uri",
                "wbp-denoised-cryocare-ctfdeconv@10.0",
                "--output-dir",
                folder.resolve("mrc"),
                "--output-format",
                "mrc",
                "--where",
                "id=40002");
        assertEquals(1, files(folder.resolve("mrc")).size());
    }

    @Test
    void oneOfSeveralTomogramsIsCopiedWithinTheProject() throws IOException {
        String source = "wbp-denoised-cryocare-ctfdeconv@10.0";
        called("cp", "tomogram", source, "mine@10.0", "--run", "20001").refused();
        done("cp", "tomogram", source, "mine@10.0", "--run", "20001", "--where", "id=40002");
        assertEquals(List.of("20001 mine@10.0"), listed("mine@10.0"));
        called("cp", "tomogram", source, "other@10.0", "--run", "20001", "--where", "id=40009")
                .refused();
        called("cp", "picks", "ribosome:data-portal/62001", "ribosome:me/1", "--where", "processing=raw")
                .refused();
    }

    @Test
    void theFirstOfSeveralTomogramsIsSynchronized() throws IOException {
        Path other = otherProject();
        Called sync = called("sync", "tomograms", "--target-config", other, "--run", "20001")
                .succeeded();
        assertEquals("3 copied, 0 failed\n", sync.out());
        assertEquals(
                "copick: not copied, because a folder can hold only one tomogram of a type:"
                        + " s3://cryoet-data-portal-public/10501/TS_001/Reconstructions/VoxelSpacing10.000/Tomograms/101/TS_001.zarr\n",
                sync.err());
        assertEquals(
                "0 copied, 3 there already, 0 failed\n",
                done("sync", "tomograms", "--target-config", other, "--run", "20001"));
        // one of them was renamed by the user onto another one, which is no choice of the portal's
        String refused = called(
                        "sync",
                        "tomograms",
                        "--target-config",
                        other,
                        "--run",
                        "20001",
                        "--voxel-spacings",
                        "10",
                        "--target-tomo-types",
                        "wbp-raw:wbp-denoised-cryocare-ctfdeconv",
                        "--source-tomo-types",
                        "wbp-raw,wbp-denoised-cryocare-ctfdeconv")
                .refused()
                .err();
        assertTrue(refused.contains("would get the same name; nothing was copied"), refused);
    }

    @Test
    void onlyOwnEntitiesArePromoted() throws IOException {
        Path other = otherProject();
        String refused = called("promote", "picks", "ribosome:data-portal/62001", "--to", other)
                .refused()
                .err();
        assertTrue(refused.contains("lies in the read-only layer portal"), refused);
        done("cp", "picks", "ribosome:data-portal/62001", "ribosome:me/1", "--run", "20001");
        assertEquals(
                "20001\tpicks\tribosome:me/1\n1 promoted, 0 objects added\n",
                done("promote", "picks", "ribosome:me/1", "--to", other)
                        .replaceFirst("(?m)^\tobject\tribosome\n", "")
                        .replace("1 object added", "0 objects added"));
        // a project of the portal can be the target, too
        assertEquals(
                "20001\tpicks\tribosome:me/1\n0 promoted, 1 there already, 0 objects added\n",
                Called.copick("promote", "picks", "ribosome:me/1", "--to", project.config(), "--config", other)
                        .succeeded()
                        .out());
    }

    @Test
    void hidingATomogramHidesAllOfItsType() {
        String tomogram = "wbp-denoised-cryocare-ctfdeconv@10.0";
        assertEquals(List.of("20001 " + tomogram, "20001 " + tomogram), listed(tomogram));
        assertEquals(
                2, done("hide", "tomogram", tomogram, "--run", "20001").lines().count());
        assertEquals(List.of(), listed(tomogram));
        assertEquals(List.of("20001 " + tomogram), listed("--hidden"));
        assertEquals("-\t20001\ttomogram\t" + tomogram + "\n", called("diff").out());
        done("unhide", "tomogram", tomogram, "--run", "20001");
        assertEquals(List.of("20001 " + tomogram, "20001 " + tomogram), listed(tomogram));
        done("hide", "run", "20003");
        assertEquals(List.of("20001", "20002", "20004"), runs());
        done("unhide", "run", "20003");
        assertEquals(List.of("20001", "20002", "20003", "20004"), runs());
    }

    /** Returns the runs and voxel spacings in a folder. */
    private static List<String> folders(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(path -> !path.equals(folder) && Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    @Test
    void runsAreSelectedByThePortalsNames() throws IOException {
        assertEquals(List.of("20001", "20003"), runs("--run", "TS_001"));
        assertEquals(1, project.requests());
        assertEquals(List.of("20002", "20001"), runs("--run", "20002,20001"));
        assertEquals(List.of("20004", "20002"), runs("--run", "nothing yet", "--run", "TS_002"));
        assertTrue(called("ls", "--run", "TS_009").refused().err().contains("no run \"TS_009\""));
        done(
                "new",
                "picks",
                "--particle-name",
                "ribosome",
                "--out-user",
                "me",
                "--out-session",
                "0",
                "--run",
                "TS_001");
        assertTrue(Files.exists(project.overlay().resolve("ExperimentRuns/20001/Picks/me_0_ribosome.json")));
        assertTrue(Files.exists(project.overlay().resolve("ExperimentRuns/20003/Picks/me_0_ribosome.json")));
        done("new", "voxelspacing", "5", "--run", "TS_002");
        assertTrue(Files.exists(project.overlay().resolve("ExperimentRuns/20002/VoxelSpacing5.000")));
        done("new", "voxelspacing", "5", "--run", "TS_009");
        assertTrue(Files.exists(project.overlay().resolve("ExperimentRuns/TS_009/VoxelSpacing5.000")));
    }

    @Test
    void walksThroughLayersSelectRunsByThePortalsNames() throws IOException {
        done("new", "picks", "--particle-name", "ribosome", "--out-user", "me", "--out-session", "0");
        assertEquals(List.of("20001", "20003"), differing("TS_001"));
        assertEquals(List.of("20004"), differing("nothing yet"));
        assertEquals(List.of(), differing("TS_009"));
        done("rm", "picks", "ribosome:me/0", "--force");
        done("hide", "picks", "ribosome:data-portal/62001");
        done("hide", "segmentation", "membrane:data-portal/62015@7.84");
        done("hide", "picks", "pump:data-portal/62014");
        assertEquals(List.of("20001", "20003"), runs("--hidden", "--run", "TS_001"));
        assertEquals(List.of("20002"), runs("--hidden", "--run", "TS_002"));
        done("hide", "run", "20004");
        assertEquals(List.of("20004"), runs("--hidden", "--run", "nothing yet"));
        assertEquals(List.of("20004"), runs("--hidden", "--run", "20004"));
        done("unhide", "run", "20004", "--run", "nothing yet");
        called("unhide", "picks", "ribosome:data-portal/62001", "--run", "TS_002")
                .refused();
        done("unhide", "picks", "ribosome:data-portal/62001", "--run", "TS_001");
        assertEquals(List.of("20002", "20003"), runs("--hidden"));
    }

    private List<String> differing(String run) {
        Called diff = called("diff", "--run", run);
        assertEquals("", diff.err());
        return diff.out().lines().map(line -> line.split("\t", -1)[1]).toList();
    }

    /** Returns the command that imports a file as picks of a run. */
    private static Object[] picksOf(Path file, String run) {
        return new Object[] {
            "add", "picks", file, "--object-name", "ribosome", "--user-id", "me", "--session-id", "1", "--run", run
        };
    }

    @Test
    void filesAreImportedIntoRunsByThePortalsNames() throws IOException {
        Path file = Files.writeString(folder.resolve("points.csv"), "x,y,z\n1,2,3\n");
        done(picksOf(file, "TS_002"));
        assertTrue(Files.exists(project.overlay().resolve("ExperimentRuns/20002/Picks/me_1_ribosome.json")));
        String several = called(picksOf(file, "TS_001")).refused().err();
        assertTrue(several.contains("--run names 20001, 20003"), several);
    }

    @Test
    void listingsTellRunsAndTomogramsApart() throws IOException {
        JsonNode json = MAPPER.readTree(done("ls", "--run", "20001", "--json"));
        List<String> tomograms = json.valueStream()
                .filter(row -> row.path("uri").asText().startsWith("wbp-denoised"))
                .map(row -> row.path("portal").toString())
                .toList();
        assertEquals(
                List.of(
                        "{\"run_name\":\"TS_001\",\"dataset_id\":10501,\"tomogram_id\":40003}",
                        "{\"run_name\":\"TS_001\",\"dataset_id\":10501,\"tomogram_id\":40002}"),
                tomograms);
        assertFalse(done("ls").contains("TS_001 of"));
        done("new", "picks", "--particle-name", "ribosome", "--out-user", "me", "--out-session", "0", "--run", "20003");
        List<String> lines = done("ls", "--long").lines().toList();
        assertTrue(lines.contains("20001\trun\t20001\tportal\tTS_001 of dataset 10501"), String.join("\n", lines));
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("  tomogram 40002 of TS_001 of dataset 10501")));
        assertTrue(lines.stream()
                .anyMatch(line -> line.startsWith("20003\tpicks\tribosome:me/0\toverlay\t")
                        && line.endsWith("  TS_001 of dataset 10502")));
    }

    @Test
    void infoNamesThePortalsRuns() throws IOException {
        JsonNode info = MAPPER.readTree(done("info", "--json"));
        assertEquals(
                List.of("20001 TS_001 10501", "20002 TS_002 10501", "20003 TS_001 10502", "20004 nothing yet 10502"),
                info.path("portal_runs")
                        .valueStream()
                        .map(run -> run.path("run").asText() + " "
                                + run.at("/portal/run_name").asText() + " "
                                + run.at("/portal/dataset_id").asText())
                        .toList());
        List<String> lines = done("info", "--run", "TS_001").lines().toList();
        assertTrue(lines.contains("run      20001      TS_001 of dataset 10501"), String.join("\n", lines));
        assertTrue(lines.contains("run      20003      TS_001 of dataset 10502"), String.join("\n", lines));
        assertTrue(lines.contains("runs     2"));
    }
}
