package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.cli.Called;
import org.copick.cli.output.ExitStatus;
import org.copick.picks.Point;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of projects with a missing or broken part among intact runs A, M and Z. */
final class BrokenPartsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** SHA-256 of two bytes with the value 7. */
    private static final String SEVENS = "c7b99f1c681eaad2096f54c0380b8f950fa5cbe47cb3695ed590167c0dfff315";

    @TempDir
    private Path folder;

    private Path config = Path.of("");
    private Path overlay = Path.of("");
    private Path below = Path.of("");

    @BeforeEach
    void project() throws IOException {
        String objects = "\"pickable_objects\": [{\"name\": \"ribosome\", \"is_particle\": true, \"label\": 1,"
                + " \"radius\": 20, \"color\": [255, 0, 0, 255]}]}";
        Path source = Files.writeString(folder.resolve("source.json"), "{\"overlay_root\": \"static\", " + objects);
        config = Files.writeString(
                folder.resolve("copick.json"),
                "{\"overlay_root\": \"overlay\", \"static_root\": \"static\", " + objects);
        overlay = Files.createDirectories(folder.resolve("overlay/ExperimentRuns"));
        below = folder.resolve("static/ExperimentRuns");
        float[] values = new float[64];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (Root root = Copick.open(source)) {
            for (String name : new String[] {"A", "M", "Z"}) {
                Run run = root.newRun(name);
                run.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(values, 4, 4, 4));
                for (String user : new String[] {"anna", "ben"}) {
                    run.newPicks(AnnotationId.of("ribosome").user(user).session("1"), List.of(Point.at(20, 20, 20)));
                    run.newSegmentation(
                            SegmentationId.binary("ribosome").at(10).user(user).session("1"),
                            VolumeData.zeros(4, 4, 4));
                }
            }
        }
    }

    @Test
    void aTomogramThatWasCopiedInPartIsNoEmptyOne() throws IOException {
        Path tomogram = below.resolve("M/VoxelSpacing10.000/wbp.zarr");
        Files.delete(tomogram.resolve(".zgroup"));
        String told = tomogram + " has .zattrs, but no .zgroup";

        Called listed = called("ls", "--long", "wbp");
        assertEquals(1, listed.status());
        assertEquals(1, listed.out().lines().filter(line -> line.contains(told)).count(), listed::out);
        assertEquals(
                2, listed.out().lines().filter(line -> line.contains("4×4×4")).count(), listed::out);
        Called manifest = fails(told, "manifest");
        assertEquals(
                1,
                MAPPER.readTree(manifest.out())
                        .get("contents")
                        .valueStream()
                        .filter(content -> content.path("error").asText().contains(told))
                        .count());
        for (String format : new String[] {"mrc", "zarr"}) {
            Path out = folder.resolve(format);
            fails(told, "export", "tomogram", "--tomogram-uri", "wbp", "--output-format", format, "--output-dir", out);
            assertTrue(Files.exists(out.resolve("A/VoxelSpacing10.000/wbp." + format)));
            assertFalse(Files.exists(out.resolve("M/VoxelSpacing10.000/wbp." + format)));
        }
        fails(told, "render", "wbp@10", "--run", "M", "-o", folder.resolve("m.png"));
        fails(told, "add", "tomogram", tomogram, "--run", "N", "--voxel-size", "10");
        Called validated = called("validate");
        assertEquals(1, validated.status());
        assertEquals(1, validated.out().lines().count(), validated::out);
        assertTrue(validated.out().contains(told), validated::out);

        Path other = Files.writeString(
                folder.resolve("other.json"), "{\"overlay_root\": \"other\", \"pickable_objects\": []}");
        Called copied = called("copy", "--to", other);
        assertEquals(1, copied.status());
        assertTrue(copied.err().contains(told), copied::err);
        assertTrue(copied.out().contains("14 copied, 0 there already, 1 failed"), copied::out);
        assertFalse(Files.exists(folder.resolve("other/ExperimentRuns/M/VoxelSpacing10.000/wbp.zarr")));
    }

    @Test
    void aTomogramThatWasNeverWrittenStaysOne() throws IOException {
        Files.createDirectories(below.resolve("M/VoxelSpacing10.000/empty.zarr/0"));
        Called listed = called("ls", "--long", "empty").succeeded();
        assertTrue(listed.out().contains("0 levels"), listed::out);
        called("manifest").succeeded();
        assertTrue(called("validate").out().contains("was created but not completely written"));
    }

    @Test
    void whatIsHiddenIsFoundBesideAFolderThatCannotBeListed() throws IOException {
        called("hide", "picks", "ribosome:anna/1", "--run", "Z").succeeded();
        dangle(overlay.resolve("M/Picks"));
        String told = "cannot list " + overlay.resolve("M/Picks") + ": ";

        assertEquals(
                "Z\tpicks\tribosome:anna/1\toverlay\n",
                fails(told, "ls", "--hidden").out());
        assertEquals("-\tZ\tpicks\tribosome:anna/1\n", fails(told, "diff").out());
        assertEquals(1, MAPPER.readTree(fails(told, "diff", "--json").out()).size());
        called("diff", "--run", "A").succeeded();
        assertEquals(ExitStatus.DIFFERENT, called("diff", "--run", "Z").status());
        called("ls", "--hidden", "--run", "Z").succeeded();
        called("validate", "--run", "A").succeeded();
        called("validate", "--run", "Z").succeeded();
        assertEquals(
                "Z\tribosome:anna/1\n",
                called("unhide", "picks", "ribosome:anna/1", "--run", "Z")
                        .succeeded()
                        .out());
        called("hide", "picks", "ribosome:ben/1", "--run", "Z").succeeded();
        assertEquals(
                "Z\tribosome:ben/1\n",
                fails(told, "unhide", "picks", "ribosome:ben/1").out());
        assertEquals("", called("ls", "--hidden", "--run", "Z").succeeded().out());
    }

    @Test
    void differencesAreFoundBesideOneThatCannotBeRead() throws IOException {
        for (String run : new String[] {"A", "M", "Z"}) {
            Path mine = Files.createDirectories(overlay.resolve(run).resolve("Picks"))
                    .resolve("anna_1_ribosome.json");
            if (run.equals("M")) {
                Files.createSymbolicLink(mine, Path.of("missing"));
            } else {
                Files.writeString(mine, "{}");
            }
        }
        String out = fails(overlay.resolve("M/Picks/anna_1_ribosome.json") + " is a link to", "diff")
                .out();
        assertEquals("~\tA\tpicks\tribosome:anna/1\n~\tZ\tpicks\tribosome:anna/1\n", out);
    }

    @Test
    void leftoversAndNotesAreFoundBesideAFolderThatCannotBeListed() throws IOException {
        dangle(overlay.resolve("M/Picks"));
        Path staged = Files.createDirectories(overlay.resolve("Z/VoxelSpacing10.000/new.zarr.00000000-1-1-0.staged"));
        Files.setLastModifiedTime(staged, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path note = overlay.resolve("Z/Picks/.nobody_1_ribosome.json.hidden-v1");
        Files.createDirectories(note.resolveSibling("."));
        Files.writeString(note, "{\"copick_hidden\": 1}\n");
        Path marked = Files.writeString(overlay.resolve("Z/VoxelSpacing10.000/.half.zarr.writing"), "");

        Called elsewhere = called("validate", "--run", "A", "--repair").succeeded();
        assertTrue(elsewhere.err().startsWith("copick: no problems in 1 run,"), elsewhere.err());
        assertTrue(Files.exists(staged), "another run was not asked for");
        Called checked = called("validate", "--repair");

        assertEquals(1, checked.status());
        List<String> lines = checked.out().lines().toList();
        assertEquals(3, lines.size(), checked::out);
        assertTrue(lines.get(0).contains("cannot list " + overlay.resolve("M/Picks") + ": "), checked::out);
        assertTrue(lines.get(1).contains(note + "\thides nothing"), checked::out);
        assertTrue(lines.get(2).contains(marked.resolveSibling("half.zarr") + "\tis being written"), checked::out);
        assertTrue(checked.err().contains(staged + " left by a writer"), checked::err);
        assertFalse(Files.exists(staged));
    }

    @Test
    void aRunThatCannotBeListedIsToldOnce() throws IOException {
        dangle(overlay.resolve("L"));
        Path other = Files.writeString(
                folder.resolve("other.json"), "{\"overlay_root\": \"other\", \"pickable_objects\": []}");
        Called copied = called("copy", "--to", other);
        assertEquals(1, copied.err().lines().count(), copied::err);
        assertTrue(copied.out().contains("15 copied, 0 there already, 1 failed"), copied::out);
        for (String[] command : new String[][] {{"ls", "--hidden"}, {"diff"}, {"ls"}, {"validate", "--quick"}}) {
            Called called = called((Object[]) command);
            assertEquals(1, called.status());
            long told = Stream.concat(called.out().lines(), called.err().lines())
                    .filter(line -> line.contains("cannot list " + overlay.resolve("L")))
                    .count();
            assertEquals(1, told, () -> called.out() + called.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "{\"a\": [", "\u00ff", "link"})
    void badAttributesAreToldInTheManifestOfArrays(String text) throws IOException {
        Path arrays = folder.resolve("arrays");
        String metadata = "{\"zarr_format\": 2, \"shape\": [2], \"chunks\": [2], \"dtype\": \"|u1\", \"compressor\":"
                + " null, \"fill_value\": 7, \"filters\": null, \"order\": \"C\"}";
        for (String name : new String[] {"a", "g/m", "g/z"}) {
            Files.createDirectories(arrays.resolve(name));
            Files.writeString(arrays.resolve(name).resolve(".zarray"), metadata);
        }
        Files.writeString(arrays.resolve("g/.zgroup"), "{\"zarr_format\": 2}");
        for (String name : new String[] {"g", "g/m"}) {
            Path attributes = arrays.resolve(name).resolve(".zattrs");
            if (text.equals("link")) {
                Files.createSymbolicLink(attributes, Path.of("missing"));
            } else {
                Files.write(attributes, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        Called called = Called.copick("manifest", "--zarr", arrays);

        assertEquals(1, called.status());
        assertEquals(2, called.err().lines().count(), called::err);
        JsonNode manifest = MAPPER.readTree(called.out());
        JsonNode group = manifest.at("/groups/0");
        assertTrue(
                group.path("error")
                        .asText()
                        .contains(arrays.resolve("g/.zattrs").toString()),
                group::toString);
        assertEquals("[\"m\",\"z\"]", group.path("members").toString());
        assertEquals(3, manifest.get("arrays").size());
        for (JsonNode array : manifest.get("arrays")) {
            boolean bad = array.get("path").asText().equals("g/m");
            assertEquals(bad, array.has("error"), array::toString);
            assertEquals(!bad, array.has("attributes"), array::toString);
            assertEquals(SEVENS, array.get("sha256").asText());
        }
    }

    @Test
    void arraysWhoseMetadataWereNotFetchedAreTold() throws IOException {
        Path arrays = folder.resolve("arrays");
        for (String name : new String[] {"a/.zarray", "g/.zgroup", "v/zarr.json", "z/.zgroup"}) {
            Files.createDirectories(arrays.resolve(name).resolveSibling("."));
            Files.createSymbolicLink(arrays.resolve(name), Path.of("missing"));
        }
        Files.delete(arrays.resolve("z/.zgroup"));
        Files.writeString(arrays.resolve("z/.zgroup"), "{\"zarr_format\": 2}");
        Called called = Called.copick("manifest", "--zarr", arrays);

        assertEquals(3, called.err().lines().count(), called::err);
        JsonNode manifest = MAPPER.readTree(called.out());
        assertEquals(1, manifest.get("groups").size());
        assertEquals(3, manifest.get("arrays").size());
        for (JsonNode array : manifest.get("arrays")) {
            assertTrue(array.path("error").asText().contains(" is a link to missing"), array::toString);
        }
    }

    @Test
    void aFolderOfArraysThatWasCopiedInPartIsTold() throws IOException {
        Path arrays = Files.createDirectories(folder.resolve("arrays/g"));
        Files.writeString(arrays.resolve(".zattrs"), "{}");
        Called called =
                Called.copick("manifest", "--zarr", folder.resolve("arrays")).refused();
        assertTrue(called.err().contains(arrays + " has .zattrs, but no .zgroup"), called::err);
        assertTrue(MAPPER.readTree(called.out()).at("/arrays/0/error").isTextual(), called::out);
    }

    @Test
    void whatCanBeReadIsDrawn() throws IOException {
        Path picture = folder.resolve("m.png");
        Path picks = below.resolve("M/Picks/anna_1_ribosome.json");
        Files.writeString(picks, "{");
        Files.writeString(below.resolve("M/Segmentations/10.000_anna_1_ribosome.zarr/0/.zarray"), "{\"zarr_format\"");
        Called drawn = called(
                "render", "wbp@10", "--run", "M", "--picks", "ribosome", "--segmentation", "ribosome", "-o", picture);
        assertEquals(1, drawn.status());
        assertEquals(2, drawn.err().lines().count(), drawn::err);
        assertTrue(drawn.err().contains(picks.toString()), drawn::err);
        assertTrue(drawn.out().contains("1 pick cuts it"), drawn::out);
        assertTrue(Files.size(picture) > 0);

        dangle(below.resolve("M/Picks"));
        Called rest = fails(
                "cannot list " + below.resolve("M/Picks"),
                "render",
                "wbp@10",
                "--run",
                "M",
                "--picks",
                "ribosome",
                "--segmentation",
                "ribosome:ben/1@10",
                "-o",
                picture);
        assertTrue(rest.out().contains("0 picks cut it"), rest::out);
        fails("no picks \"nothing\"", "render", "wbp@10", "--run", "A", "--picks", "nothing", "-o", picture);
    }

    /** Replaces a folder by a dangling symbolic link. */
    private void dangle(Path path) throws IOException {
        if (Files.exists(path)) {
            Files.move(path, folder.resolve("was-" + path.getFileName()));
        }
        Files.createDirectories(path.resolveSibling("."));
        Files.createSymbolicLink(path, Path.of("../../.git/annex/objects/missing"));
    }

    private Called fails(String told, Object... arguments) {
        Called called = called(arguments).refused();
        assertTrue(called.err().contains(told), () -> told + " in " + called.err());
        return called;
    }

    private Called called(Object... arguments) {
        return Called.copick(
                Stream.concat(Stream.of(arguments), Stream.of("-c", config)).toArray());
    }
}
