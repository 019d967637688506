package org.copick.cli.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the commands that copy, move, delete, count and check, on a project that Python wrote. */
final class EntityCommandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path golden = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        golden = Golden.unpack("v1", folder);
        config = Golden.config(golden, "copick.template.json");
    }

    @Test
    void picksAreCopiedWithEverythingInThem() throws IOException {
        Path stored = overlay("TS_001/Picks/anna.b-1_2026-01-02.a_proteasome.json");
        Files.writeString(stored, Files.readString(stored).replaceFirst("\\{", "{\"kept\": [1, 2],"));
        succeeds("cp", "picks", "proteasome:anna.b-1/2026-01-02.a", "ribosome:me/{session_id}.b", "--run", "TS_001");

        JsonNode before = MAPPER.readTree(stored.toFile());
        JsonNode after = MAPPER.readTree(
                overlay("TS_001/Picks/me_2026-01-02.a.b_ribosome.json").toFile());
        assertEquals(before.get("points"), after.get("points"));
        assertEquals(before.get("kept"), after.get("kept"));
        assertEquals(before.get("trust_orientation"), after.get("trust_orientation"));
        assertEquals(before.get("voxel_spacing"), after.get("voxel_spacing"));
        assertEquals("ribosome", after.get("pickable_object_name").textValue());
        assertEquals("me", after.get("user_id").textValue());
        assertEquals("2026-01-02.a.b", after.get("session_id").textValue());
    }

    @Test
    void segmentationsAreMovedAsTheyAreStored() throws IOException {
        Path stored = overlay("TS_001/Segmentations/10.000_anna.b-1_12_membrane-multilabel.zarr");
        Map<String, Long> before = files(stored);
        succeeds(
                "mv",
                "segmentation",
                "membrane:anna.b-1/12@10.0?multilabel=true",
                "cells:{user_id}/13@{voxel_spacing}",
                "--run",
                "TS_001");
        assertFalse(Files.exists(stored));
        assertEquals(before, files(overlay("TS_001/Segmentations/10.000_anna.b-1_13_cells-multilabel.zarr")));
    }

    @Test
    void swappedNamesLoseNothing() throws IOException {
        succeeds("cp", "picks", "ribosome:gapstop/0", "ribosome:a/b", "--run", "TS_001");
        succeeds("cp", "picks", "ribosome:gapstop/0", "ribosome:b/a", "--run", "TS_001");
        Map<String, Long> before = files(golden);
        Object[] swap = {"picks", "ribosome:[ab]/[ab]", "ribosome:{session_id}/{user_id}", "--run", "TS_001", "--force"
        };
        for (String command : List.of("mv", "mv --overwrite", "cp --overwrite")) {
            List<Object> line = new ArrayList<>(List.of(command.split(" ")));
            line.addAll(List.of(swap));
            fails("is a source, too; nothing was changed", line.toArray());
            assertEquals(before, files(golden), command);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cp|picks|ribosome:gapstop/0|ribosome:gapstop/0|is the source itself",
                "cp|picks|ribosome:gapstop/0|proteasome:gapstop/0|exists already",
                "cp|picks|ribosome:gapstop/0|nobody:gapstop/0|no object",
                "cp|picks|ribosome:gapstop/0|ribosome:a_b/0|would do",
                "cp|picks|ribosome:gapstop/0|ribosome:a*/0|pattern",
                "cp|picks|ribosome:nobody/0|ribosome:me/0|nothing matches",
                "mv|picks|ribosome:gapstop/0|ribosome:me/0|read-only",
                "cp|segmentation|membrane:membrain/0@10.0|membrane:me/0?instance=true|type",
                "cp|segmentation|membrane:membrain/0@10.0|membrane:me/0@ten|voxel spacing",
                "cp|tomogram|denoised@10|my-features|features",
                "rm|picks|ribosome:gapstop/0||read-only",
                "rm|picks|ribosome:nobody/0||nothing matches",
                "rm|tomogram|wbp@10.0:sobel||nothing matches",
                "rm|run|TS_002||read-only",
                "rm|run|nobody||nobody",
                "rm|voxelspacing|10||read-only",
                "rm|voxelspacing|ten||ten",
                "rm|object|nobody||nobody",
                "rm|object-volume|membrane||density map"
            })
    void whatMustNotBeChangesNothing(String command, String type, String source, String target, String told)
            throws IOException {
        Map<String, Long> before = files(golden);
        Called called = target == null
                ? Called.copick(command, type, source, "--run", "TS_001", "-c", config)
                : Called.copick(command, type, source, target, "--run", "TS_001", "-c", config);
        assertEquals(1, called.status(), () -> called.out() + called.err());
        assertEquals(1, called.err().lines().count(), called::err);
        assertTrue(called.err().contains(told), called::err);
        assertFalse(called.err().contains("unexpected"), called::err);
        assertEquals(before, files(golden));
    }

    @Test
    void patternsNeedForceAndSeveralMustNotBecomeOne() throws IOException {
        Map<String, Long> before = files(golden);
        fails("--force", "cp", "picks", "ribosome:*/*", "ribosome:x/9");
        fails("--force", "mv", "picks", "ribosome", "ribosome:x/9");
        fails("--force", "rm", "picks", "re:ribo.*");
        fails("--force", "rm", "picks", "ribosome:[ab]*/1");
        fails("both become", "cp", "picks", "ribosome:*/*", "ribosome:x/9", "--force");
        Called shown = succeeds("cp", "picks", "ribosome:*/*", "ribosome:x", "--dry-run");
        assertEquals(5, shown.out().lines().count(), shown::out);
        succeeds("rm", "picks", "ribosome:anna*", "--dry-run");
        assertEquals(before, files(golden), "a dry run changes nothing");
        fails("read-only", "rm", "picks", "ribosome:*", "--force");
        assertEquals(before, files(golden), "where one is read-only none is deleted");
        succeeds("rm", "picks", "ribosome:anna*", "--force");
        assertFalse(Files.exists(overlay("TS_003/Picks/anna.b-1_12_ribosome.json")));
        assertFalse(Files.exists(overlay("TS_001/Picks/anna.b-1_empty-1_ribosome.json")));
        assertTrue(Files.exists(overlay("TS_001/Picks/gapstop_0_proteasome.json")));
    }

    @Test
    @Tag("statement-13")
    void objectsAreAddedChangedAndRemoved() throws IOException {
        String untouched = Files.readString(config);
        fails("exists already", "add", "object", "--name", "ribosome");
        fails("label", "add", "object", "--name", "new", "--label", "1");
        fails("--label cannot be 0", "add", "object", "--name", "new", "--label", "0");
        fails("name", "add", "object", "--name", "a_b");
        Called radius = Called.copick(withConfig("add", "object", "--name", "new", "--radius", "-5"));
        assertEquals(2, radius.status());
        assertTrue(radius.err().contains("'--radius': '-5' is not a finite number above 0"), radius::err);
        fails("0 to 255", "add", "object", "--name", "new", "--color", "1,2,3,256");
        fails("--color", "add", "object", "--name", "new", "--color", "red");
        fails("--metadata", "add", "object", "--name", "new", "--metadata", "[");
        fails("absent.mrc", "add", "object", "--name", "new", "--volume", folder.resolve("absent.mrc"));
        assertEquals(untouched, Files.readString(config), "what is refused changes nothing");

        succeeds("add", "object", "--name", "vault", "--color", "1,2,3,4", "--radius", "0.5", "--pdb-id", "4V60");
        succeeds("add", "object", "--name", "actin", "--object-type", "filament", "--polar", "--helical-rise", "27.5");
        succeeds("add", "object", "--name", "vault", "--exist-ok", "--radius", "300", "--emdb-id", "1");
        try (Root root = Copick.open(config)) {
            assertEquals(300, root.object("vault").radius().orElseThrow());
            assertEquals("4V60", root.object("vault").definition().pdbId().orElseThrow());
            assertTrue(root.object("actin").isFilament());
            assertEquals(
                    root.object("vault").label().orElseThrow() + 1,
                    root.object("actin").label().orElseThrow());
        }
        succeeds("rm", "object", "vault", "actin");
        assertEquals(MAPPER.readTree(untouched), MAPPER.readTree(config.toFile()));
    }

    @Test
    void annotationsAreCounted() throws IOException {
        JsonNode picks = MAPPER.readTree(succeeds("stats", "picks", "--json").out());
        assertEquals(12, picks.get("total_pick_files").asInt());
        assertEquals(94, picks.get("total_picks").asInt());
        assertEquals(52, picks.at("/distribution_by_object/ribosome").asInt());
        JsonNode filtered = MAPPER.readTree(
                succeeds("stats", "picks", "--output", "json", "--user-id", "gapstop", "--run", "TS_002")
                        .out());
        assertEquals(5, filtered.get("total_picks").asInt());
        JsonNode some =
                MAPPER.readTree(succeeds("stats", "segmentations", "--json").out());
        JsonNode all = MAPPER.readTree(succeeds("stats", "segmentations", "--json", "--segmentation-type", "all")
                .out());
        assertEquals(7, some.get("total_segmentations").asInt());
        assertEquals(9, all.get("total_segmentations").asInt());
        assertEquals(1, all.at("/distribution_by_type/panoptic").asInt());
        assertTrue(succeeds("stats", "meshes").out().contains("total meshes"));
        fails("type", "stats", "segmentations", "--segmentation-type", "fuzzy");
    }

    @Test
    @Tag("statement-93")
    void whatIsWrongIsReported() throws IOException {
        Path run = golden.resolve("overlay/ExperimentRuns/TS_003");
        Files.writeString(run.resolve("Picks/no-parts.json"), "{}");
        Files.writeString(run.resolve("Picks/a_1_ribosome.json"), "{");
        Files.writeString(
                run.resolve("Picks/b_1_ribosome.json"),
                "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"c\", \"session_id\": \"1\","
                        + " \"points\": [{\"location\": {\"x\": NaN, \"y\": 1, \"z\": 1}},"
                        + " {\"location\": {\"x\": -5, \"y\": 1, \"z\": 1}}]}");
        Files.writeString(
                run.resolve("Picks/b_1_nobody.json"),
                "{\"pickable_object_name\": \"nobody\", \"user_id\": \"b\", \"session_id\": \"1\"}");
        Files.createDirectories(run.resolve("VoxelSpacing10.000/begun.zarr"));
        Files.createDirectories(run.resolve("VoxelSpacingten"));
        Files.createDirectories(run.resolve("VoxelSpacing10.000/wbp.zarr.abc.staged/0"));
        Files.writeString(run.resolve("VoxelSpacing10.000/wbp.zarr.abc.staged/0/0"), "left");
        try (Root root = Copick.open(config)) {
            root.run("TS_003")
                    .voxelSpacing(10)
                    .newTomogram(
                            "v3",
                            VolumeData.of(new float[8], 2, 2, 2),
                            VolumeOptions.defaults().format(org.copick.zarr.ImageFormat.VERSION_3));
            root.run("TS_003").voxelSpacing(10).newTomogram("odd", VolumeData.of(new float[8], 2, 2, 2));
            Segmentation strange = root.run("TS_003")
                    .newSegmentation(
                            SegmentationId.multilabel("strange")
                                    .at(10)
                                    .user("me")
                                    .session("1"),
                            VolumeData.of(new byte[] {0, 1, 77, 78}, 1, 2, 2),
                            VolumeOptions.defaults().anyLabels());
            assertTrue(Files.isDirectory(Path.of(strange.location())));
        }
        Files.writeString(run.resolve("VoxelSpacing10.000/v3.zarr/.zgroup"), "{\"zarr_format\": 2}");
        Path chunk = run.resolve("VoxelSpacing10.000/odd.zarr/0/0/0/0");
        Files.write(chunk, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);

        Called found = Called.copick("validate", "-c", config);
        assertEquals(1, found.status());
        for (String told : List.of(
                "no-parts.json",
                "a_1_ribosome.json",
                "the document is of ribosome:c/1",
                "1 point with coordinates that are not finite",
                "1 point outside",
                "no object of the configuration is called nobody",
                "begun.zarr\twas created but not completely written",
                "VoxelSpacingten",
                "wbp.zarr.abc.staged\tleft by a writer",
                "stray .zgroup",
                "77, 78",
                "odd.zarr\tchunk 0.0.0")) {
            assertTrue(
                    found.out().contains(told)
                            || (told.startsWith("odd") && found.out().contains("chunk")),
                    () -> told + " in " + found.out());
        }
        JsonNode json = MAPPER.readTree(
                Called.copick("validate", "--json", "-c", config).out());
        assertEquals(found.out().lines().count(), json.size());
        Called quick = Called.copick("validate", "--quick", "-c", config);
        assertFalse(quick.out().contains("77, 78"), "labels are voxels");

        Path clean = folder.resolve("clean.json");
        succeedsAlone("config", "filesystem", "--overlay-root", folder.resolve("clean"), "--config", clean);
        assertEquals(0, Called.copick("validate", "-c", clean).status());
    }

    @Test
    void configurationsAreWritten() throws IOException {
        Path file = folder.resolve("deep/new.json");
        succeedsAlone(
                "config",
                "filesystem",
                "--overlay-root",
                folder.resolve("mine"),
                "--static-root",
                "s3://bucket/project",
                "--static-fs-args",
                "{\"anon\": true}",
                "--objects",
                "ribosome,true,120,4V6X",
                "--objects",
                "membrane,false",
                "--proj-name",
                "made",
                "--config",
                file);
        JsonNode json = MAPPER.readTree(file.toFile());
        assertEquals("filesystem", json.get("config_type").textValue());
        assertEquals(
                "local://" + folder.resolve("mine"), json.get("overlay_root").textValue());
        assertEquals("{\"auto_mkdir\":true}", json.get("overlay_fs_args").toString());
        assertEquals("s3://bucket/project", json.get("static_root").textValue());
        assertTrue(json.at("/static_fs_args/anon").booleanValue());
        assertEquals(1, json.at("/pickable_objects/0/label").asInt());
        assertEquals(120, json.at("/pickable_objects/0/radius").asInt());
        assertEquals("4V6X", json.at("/pickable_objects/0/pdb_id").textValue());
        assertEquals(2, json.at("/pickable_objects/1/label").asInt());
        String before = Files.readString(file);
        for (Object[] wrong : new Object[][] {
            {"exists already", "--overlay-root", "x"},
            {"NAME,IS_PARTICLE", "--overlay-root", "x", "--objects", "ribosome", "--overwrite"},
            {"name", "--overlay-root", "x", "--objects", "a_b,true", "--overwrite"},
            {"radius", "--overlay-root", "x", "--objects", "a,true,big", "--overwrite"},
            {"JSON object", "--overlay-root", "x", "--overlay-fs-args", "{\"secret\": hunter2}", "--overwrite"}
        }) {
            Object[] arguments = new Object[wrong.length + 3];
            arguments[0] = "config";
            arguments[1] = "filesystem";
            System.arraycopy(wrong, 1, arguments, 2, wrong.length - 1);
            arguments[wrong.length + 1] = "--config";
            arguments[wrong.length + 2] = file;
            Called called = Called.copick(arguments);
            assertEquals(1, called.status(), called::out);
            assertTrue(called.err().contains(wrong[0].toString()), called::err);
            assertFalse(called.err().contains("hunter2"), called::err);
        }
        assertEquals(before, Files.readString(file));
    }

    private Path overlay(String below) {
        return golden.resolve("overlay/ExperimentRuns").resolve(below);
    }

    private Called succeeds(Object... arguments) {
        return Called.copick(withConfig(arguments)).succeeded();
    }

    private static void succeedsAlone(Object... arguments) {
        Called.copick(arguments).succeeded();
    }

    private void fails(String told, Object... arguments) {
        Called called = Called.copick(withConfig(arguments)).refused();
        assertTrue(called.err().contains(told), () -> told + " in " + called.err());
    }

    private Object[] withConfig(Object... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray();
    }

    private static Map<String, Long> files(Path of) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(of)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                sizes.put(of.relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
