package org.copick.cli.project;

import static org.copick.cli.Called.copick;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.copick.cli.output.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code copick index}, with a project that Python wrote. */
final class IndexCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path shared = Path.of("");
    private Path overlay = Path.of("");
    private Path config = Path.of("");
    private Path indexed = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        Path golden = Golden.unpack("v1", folder);
        shared = golden.resolve("static");
        overlay = golden.resolve("overlay");
        config = folder.resolve("plain.json");
        indexed = folder.resolve("indexed.json");
        ObjectNode json = (ObjectNode)
                MAPPER.readTree(Golden.config(golden, "copick.template.json").toFile());
        json.put("overlay_root", overlay.toString()).put("static_root", shared.toString());
        MAPPER.writeValue(config.toFile(), json);
        MAPPER.writeValue(indexed.toFile(), json.put("static_index", true));
    }

    private static String onlyLine(String text) {
        assertEquals(1, text.lines().count(), text);
        return text.strip();
    }

    @Test
    void aProjectIsTheSameThroughItsIndex() {
        String line = onlyLine(copick("index", "-c", config).succeeded().out());
        assertTrue(line.matches(".*/static/copick-index.json.gz\t\\d+ entries"), line);
        for (String[] arguments : new String[][] {{"ls", "--long"}, {"info"}, {"manifest"}, {"ls", "--json"}}) {
            Called plain = copick((Object[]) with(arguments, config)).succeeded();
            Called through = copick((Object[]) with(arguments, indexed)).succeeded();
            // a manifest holds the configuration
            String out = through.out().replaceFirst(",\\s*\"static_index\" : true", "");
            assertEquals(plain.out(), out, String.join(" ", arguments));
        }
        assertEquals("", copick("index", "-c", config, "--check").succeeded().out());
        assertEquals(
                "[ ]",
                copick("index", "-c", config, "--check", "--json")
                        .succeeded()
                        .out()
                        .strip());
    }

    private static String[] with(String[] arguments, Path config) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "-c";
        all[arguments.length + 1] = config.toString();
        return all;
    }

    @Test
    void anIndexBesideARootIsNoEntityAndNoProblem() {
        String before = copick("validate", "--quick", "-c", config).out();
        copick("index", "-c", config).succeeded();
        assertEquals(before, copick("validate", "--quick", "-c", config).out());
        assertEquals(before, copick("validate", "--quick", "-c", indexed).out());
    }

    @Test
    void aProjectWithoutItsIndexSaysHowToMakeIt() {
        String message = copick("ls", "-c", indexed).refused().err();
        assertTrue(message.contains("copick-index.json.gz does not exist"), message);
        assertTrue(message.contains("copick index --root"), message);
        String check = copick("index", "--check", "-c", indexed).refused().err();
        assertTrue(check.contains("has no index; copick index --root static writes it"), check);
    }

    @Test
    void changesOfARootAreFound() throws IOException {
        copick("index", "-c", indexed).succeeded();
        Path run;
        try (var runs = Files.list(shared.resolve("ExperimentRuns"))) {
            run = runs.sorted().findFirst().orElseThrow();
        }
        Files.createDirectories(run.resolve("Picks"));
        Files.writeString(run.resolve("Picks/new_1_proteasome.json"), "{}");
        String name = "ExperimentRuns/" + run.getFileName() + "/Picks/new_1_proteasome.json";
        Called check = copick("index", "--check", "-c", indexed);
        assertEquals(ExitStatus.DIFFERENT, check.status(), check.err());
        assertEquals("+\t" + name, onlyLine(check.out()));
        Called json = copick("index", "--check", "--json", "-c", indexed);
        assertEquals("missing", MAPPER.readTree(json.out()).at("/0/difference").textValue());
        assertEquals(name, MAPPER.readTree(json.out()).at("/0/key").textValue());
        String found = copick("validate", "--quick", "-c", indexed).out();
        assertTrue(
                found.contains("copick-index.json.gz\tdiffers from the root: it lacks 1, lists 0 too many, and 0 have"
                        + " changed; the first is " + name + "; copick index --root static makes it again"),
                found);
        copick("index", "-c", indexed).succeeded();
        assertEquals("", copick("index", "--check", "-c", indexed).succeeded().out());
    }

    @Test
    void anIndexForUploadIsWrittenToAFile() throws IOException {
        Path file = folder.resolve("upload.json.gz");
        String line =
                onlyLine(copick("index", "-c", config, "-o", file).succeeded().out());
        assertTrue(line.startsWith(file + "\t"), line);
        assertFalse(Files.exists(shared.resolve("copick-index.json.gz")));
        Files.copy(file, shared.resolve("copick-index.json.gz"));
        byte[] before = Files.readAllBytes(shared.resolve("copick-index.json.gz"));
        copick("index", "-c", config).succeeded();
        assertArrayEquals(
                before,
                Files.readAllBytes(shared.resolve("copick-index.json.gz")),
                "an equal index is not written again");
    }

    @Test
    void theOverlayCanBeIndexedForPublishing() {
        String before = copick("ls", "-c", config).succeeded().out();
        copick("index", "-c", config, "--root", "overlay").succeeded();
        assertTrue(Files.exists(overlay.resolve("copick-index.json.gz")));
        assertEquals(before, copick("ls", "-c", config).succeeded().out());
    }

    @Test
    void aNewConfigurationAsksForTheIndex() throws IOException {
        Path made = folder.resolve("made.json");
        copick(
                        "config",
                        "filesystem",
                        "--overlay-root",
                        overlay,
                        "--static-root",
                        shared,
                        "--static-index",
                        "--config",
                        made)
                .succeeded();
        assertTrue(MAPPER.readTree(made.toFile()).get("static_index").booleanValue());
        String message = copick("ls", "-c", made).refused().err();
        assertTrue(message.contains("copick-index.json.gz does not exist"), message);
        copick("index", "-c", made).succeeded();
        assertEquals(
                copick("ls", "-c", config).succeeded().out(),
                copick("ls", "-c", made).succeeded().out());
        for (String[] wrong : new String[][] {
            {"--static-index"}, {"--static-index", "--static-root", shared.toString(), "--layer", "team=" + overlay},
        }) {
            String[] arguments = Arrays.copyOf(
                    new String[] {"config", "filesystem", "--overlay-root", overlay.toString()}, 4 + wrong.length);
            System.arraycopy(wrong, 0, arguments, 4, wrong.length);
            Called refused = copick((Object[]) arguments);
            assertEquals(ExitStatus.WRONG_USAGE, refused.status());
            assertTrue(refused.err().contains("--static-index needs --static-root"), refused.err());
        }
    }

    @Test
    void wrongOptionsAreRefused() {
        String message =
                copick("index", "-c", config, "--root", "team").refused().err();
        assertTrue(message.contains("no layer \"team\"; choose one of overlay, static"), message);
        assertEquals(
                ExitStatus.WRONG_USAGE,
                copick("index", "-c", config, "--run", "TS").status());
        assertEquals(
                ExitStatus.WRONG_USAGE, copick("index", "-c", config, "--json").status());
        assertEquals(
                ExitStatus.WRONG_USAGE,
                copick("index", "-c", config, "--check", "-o", "x").status());
    }
}
