package org.copick.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VoxelSpacing;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.copick.mesh.MeshScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of copies of whole projects and of parts. */
final class CopyCommandTest {
    private static final Set<String> OF_THE_FORMAT = Set.of(
            "path",
            "layer",
            "read_only",
            "chunks",
            "shards",
            "zarr_format",
            "ome_version",
            "dtype",
            "order",
            "metadata");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"v1,2", "v1,3", "v2,2", "v2,3"})
    void everythingIsCopiedAndTranscoded(String corpus, int format) throws IOException {
        Path golden = Golden.unpack(corpus, folder);
        Path source = Golden.config(golden, "copick.static.template.json");
        Path target = empty("target");
        copied("24 copied, 0 there already", "copy", "-c", source, "--to", target, "--zarr-format", format);

        try (Root from = Copick.open(source);
                Root to = Copick.open(target)) {
            assertEquals(from.config().objects(), to.config().objects());
            assertEquals(from.runs().size(), to.runs().size());
            for (var run : to.runs()) {
                for (VoxelSpacing spacing : run.voxelSpacings()) {
                    for (Tomogram tomogram : spacing.tomograms()) {
                        assertEquals(format, tomogram.volume().zarrFormat().orElseThrow());
                    }
                }
            }
        }
        // the manifests are equal except for fields of the Zarr version
        assertTrue(manifest(source).split("sha256").length > 10);
        assertEquals(manifest(source), manifest(target));

        Map<String, FileTime> before = times(folder.resolve("target"));
        copied("0 copied, 24 there already", "copy", "-c", source, "--to", target, "--zarr-format", format);
        assertEquals(before, times(folder.resolve("target")), "a copy that is complete is left alone");
    }

    @Test
    void anInterruptedCopyGoesOn() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path target = empty("target");
        copied("copied, 0 there already, 0 failed", "copy", "-c", source, "--to", target);
        String complete = manifest(target);
        Path overlay = folder.resolve("target/ExperimentRuns/TS_001");
        delete(overlay.resolve("VoxelSpacing10.000/wbp.zarr"));
        Files.createDirectories(overlay.resolve("VoxelSpacing10.000/wbp.zarr"));
        delete(overlay.resolve("VoxelSpacing13.480"));
        Files.delete(overlay.resolve("Picks/gapstop_0_ribosome.json"));

        copied("4 copied, 45 there already, 0 failed", "copy", "-c", source, "--to", target);
        assertEquals(complete, manifest(target));
    }

    @Test
    void partsAreCopied() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path target = empty("target");
        copied("8 copied", "copy", "-c", source, "--to", target, "--run", "TS_001", "--kind", "picks");
        try (Root to = Copick.open(target)) {
            assertEquals(1, to.runs().size());
            assertEquals(8, to.run("TS_001").picks().size());
            assertEquals(0, to.run("TS_001").meshes().size());
        }
        Called wrong = Called.copick("copy", "-c", source, "--to", target, "--kind", "birds");
        assertEquals(2, wrong.status());
        assertEquals(
                2,
                Called.copick("copy", "-c", source, "--to", target, "--zarr-format", 4)
                        .status());
    }

    @Test
    void whatDiffersIsNotOverwrittenUnlessToldSo() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path target = empty("target");
        copied("copied", "copy", "-c", source, "--to", target, "--kind", "picks");
        Path picks = folder.resolve("target/ExperimentRuns/TS_001/Picks/gapstop_0_ribosome.json");
        Files.writeString(
                picks, "{\"pickable_object_name\": \"ribosome\", \"user_id\": \"gapstop\", \"session_id\": \"0\"}");
        String changed = Files.readString(picks);
        Called called = Called.copick("copy", "-c", source, "--to", target, "--kind", "picks");
        assertEquals(1, called.status());
        assertTrue(called.err().contains("gapstop_0_ribosome.json"), called::err);
        assertTrue(called.out().contains("1 failed"), called::out);
        assertEquals(changed, Files.readString(picks));
        copied("1 copied", "copy", "-c", source, "--to", target, "--kind", "picks", "--overwrite");
        assertFalse(changed.equals(Files.readString(picks)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void volumesOfOtherValuesAreNotTakenForEqual(int format) throws IOException {
        Path source = empty("source");
        Path target = empty("target");
        for (Path config : List.of(source, target)) {
            try (Root root = Copick.open(config)) {
                float value = config.equals(source) ? 1 : 2;
                root.newRun("A")
                        .newVoxelSpacing(10)
                        .newTomogram("wbp", VolumeData.of(new float[] {0, 0, 0, 0, 0, 0, 0, value}, 2, 2, 2));
            }
        }
        Called refused = Called.copick("copy", "-c", source, "--to", target, "--zarr-format", format);
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("--overwrite replaces it"), refused::err);
        assertTrue(refused.out().contains("0 copied, 0 there already, 1 failed"), refused::out);
        copied("1 copied", "copy", "-c", source, "--to", target, "--zarr-format", format, "--overwrite");
        copied("0 copied, 1 there already", "copy", "-c", source, "--to", target, "--zarr-format", format);
        assertEquals(manifest(source), manifest(target));
    }

    @Test
    void featuresAreNotCopiedWithoutTheirTomogram() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path target = empty("target");
        Called called = Called.copick("copy", "-c", source, "--to", target, "--kind", "feature");
        assertEquals(1, called.status());
        assertTrue(called.err().contains("the target has no tomogram wbp"), called::err);
        try (Stream<Path> files = Files.walk(folder.resolve("target"))) {
            assertTrue(files.noneMatch(file -> file.toString().contains("features")), "nothing is left");
        }
    }

    @Test
    void whatCannotBeReadDoesNotKeepTheRestFromBeingCopied() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Files.writeString(golden.resolve("static/ExperimentRuns/TS_002/Picks/gapstop_0_ribosome.json"), "{");
        Path target = empty("target");
        Called called = Called.copick("copy", "-c", source, "--to", target);
        assertEquals(1, called.status());
        assertTrue(called.out().contains("48 copied, 0 there already, 1 failed"), called::out);
        assertTrue(called.err().contains("gapstop_0_ribosome.json"), called::err);
        Called itself = Called.copick("copy", "-c", source, "--to", source);
        assertEquals(1, itself.status());
        assertTrue(itself.err().contains("itself"), itself::err);
    }

    @Test
    void labelsMeanTheSameObjectsInACopy() throws IOException {
        Path source = folder.resolve("twins.json");
        Files.writeString(
                source, """
                {"overlay_root": "%s", "pickable_objects": [{"name": "a", "is_particle": true, "label": 1},
                 {"name": "b", "is_particle": true, "label": 1}, {"name": "c", "is_particle": true, "label": null}]}
                """.formatted(folder.resolve("twins").toString().replace('\\', '/')));
        Path target = empty("target");
        copied("0 copied", "copy", "-c", source, "--to", target);
        try (Root from = Copick.open(source);
                Root to = Copick.open(target)) {
            assertEquals(from.config().objects(), to.config().objects(), "as they are, twins and all");
        }
        Path other = folder.resolve("other.json");
        assertEquals(
                0,
                Called.copick(
                                "config",
                                "filesystem",
                                "--overlay-root",
                                folder.resolve("other"),
                                "--objects",
                                "z,true",
                                "--config",
                                other)
                        .status());
        String before = Files.readString(other);
        Called refused = Called.copick("copy", "-c", source, "--to", other);
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("belongs to \"z\""), refused::err);
        assertEquals(before, Files.readString(other));
    }

    @Test
    void selectedEntitiesAreSyncedUnderOtherNames() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path source = Golden.config(golden, "copick.template.json");
        Path target = folder.resolve("target.json");
        assertEquals(
                0,
                Called.copick(
                                "config",
                                "filesystem",
                                "--overlay-root",
                                folder.resolve("target"),
                                "--objects",
                                "other,true",
                                "--config",
                                target)
                        .status());
        Called unknown = Called.copick(
                        "sync", "picks", "-c", source, "--target-config", target, "--source-runs", "TS_001,TS_1")
                .refused();
        assertTrue(unknown.err().contains("no run \"TS_1\""), unknown::err);
        Called nothing = Called.copick(
                        "sync", "picks", "-c", source, "--target-config", target, "--source-objects", "ribsome")
                .succeeded();
        assertTrue(nothing.err().contains("nothing matches the options"), nothing::err);
        copied(
                "3 copied, 0 failed",
                "sync",
                "picks",
                "-c",
                source,
                "--target-config",
                target,
                "--source-objects",
                "ribosome",
                "--target-objects",
                "ribosome:ribo",
                "--source-users",
                "gapstop,relion-5.0",
                "--target-users",
                "gapstop:tool",
                "--target-runs",
                "TS_001:A");
        copied(
                "1 copied",
                "sync",
                "tomograms",
                "-c",
                source,
                "--target-config",
                target,
                "--source-runs",
                "TS_001",
                "--voxel-spacings",
                "13.48",
                "--source-tomo-types",
                "wbp",
                "--target-tomo-types",
                "wbp:filtered");
        copied(
                "1 copied",
                "sync",
                "segmentations",
                "-c",
                source,
                "--target-config",
                target,
                "--segmentation-type",
                "panoptic",
                "--source-runs",
                "TS_001");
        copied("5 copied", "sync", "meshes", "-c", source, "--target-config", target);
        try (Root to = Copick.open(target)) {
            assertEquals(1, to.object("other").label().orElseThrow());
            assertTrue(to.run("A")
                    .findPicks(AnnotationId.of("ribo").user("tool").session("0"))
                    .isPresent());
            assertTrue(to.run("TS_002")
                    .findPicks(AnnotationId.of("ribo").user("tool").session("0"))
                    .isPresent());
            assertTrue(to.run("TS_001")
                    .voxelSpacing(13.48)
                    .findTomogram("filtered")
                    .isPresent());
            assertEquals(1, to.run("TS_001").segmentations().size());
            assertEquals(
                    to.objects().size(),
                    to.objects().stream()
                            .map(o -> o.label().orElseThrow())
                            .distinct()
                            .count());
        }
        copied(
                "0 copied, 1 there already, 0 failed",
                "sync",
                "meshes",
                "-c",
                source,
                "--target-config",
                target,
                "--source-objects",
                "ribosome");
        try (Root to = Copick.open(target)) {
            to.run("TS_001").meshes().get(0).write(MeshScene.empty());
        }
        Called again = Called.copick(
                "sync", "meshes", "-c", source, "--target-config", target, "--source-objects", "ribosome");
        assertEquals(1, again.status());
        assertTrue(again.err().contains("exists already"), again::err);
        copied(
                "1 copied",
                "sync",
                "meshes",
                "-c",
                source,
                "--target-config",
                target,
                "--source-objects",
                "ribosome",
                "--exist-ok");
        Called merging = Called.copick(
                "sync",
                "picks",
                "-c",
                source,
                "--target-config",
                target,
                "--target-runs",
                "TS_001:B,TS_002:B,TS_003:B");
        assertEquals(1, merging.status());
        assertTrue(merging.err().contains("would get the same name"), merging::err);
    }

    private Path empty(String name) {
        Path config = folder.resolve(name + ".json");
        Called called =
                Called.copick("config", "filesystem", "--overlay-root", folder.resolve(name), "--config", config);
        assertEquals(0, called.status(), called::err);
        return config;
    }

    private static void copied(String told, Object... arguments) {
        Called called = Called.copick(arguments);
        assertEquals(0, called.status(), () -> called.out() + called.err());
        assertTrue(called.out().contains(told), called::out);
    }

    /** Returns the manifest of a project without paths and fields of the Zarr version. */
    private static String manifest(Path config) throws IOException {
        Called called = Called.copick("manifest", "-c", config);
        assertEquals(0, called.status(), called::err);
        JsonNode manifest = new ObjectMapper().readTree(called.out());
        ObjectNode view = (ObjectNode) manifest.at("/views/project");
        view.remove("config");
        resolve(view, manifest.get("contents"));
        return view.toPrettyString();
    }

    /** Replaces references by contents, and removes fields of the Zarr version. */
    private static void resolve(JsonNode node, JsonNode contents) {
        if (node instanceof ObjectNode object) {
            JsonNode content = contents.path(object.path("path").asText());
            if (content.isObject()) {
                object.set("content", content.deepCopy());
            }
            object.remove(OF_THE_FORMAT);
        }
        node.forEach(child -> resolve(child, contents));
    }

    private static Map<String, FileTime> times(Path of) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> all = Files.walk(of)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                times.put(of.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
