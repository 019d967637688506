package org.copick.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.cli.Called;
import org.copick.error.InvalidConfigException;
import org.copick.mesh.MeshScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the user and session of new annotations if no option names them. */
final class AuthorTest {
    private static final String CONFIG = """
            {"name": "case", "overlay_root": "%s", %s
             "pickable_objects": [{"name": "ribosome", "is_particle": true, "label": 1, "radius": 60.0}]}
            """;

    @TempDir
    private Path folder;

    private Path project(String more) throws IOException {
        return Files.writeString(folder.resolve("copick.json"), CONFIG.formatted(folder.resolve("overlay"), more));
    }

    @Test
    void theConfigurationsUserMakesAnnotations() throws IOException {
        Path config = project("\"user_id\": \"anna\", \"session_id\": \"7\",");
        try (Root root = Copick.open(config.toString())) {
            Run run = root.newRun("TS_1");
            assertEquals("7", root.sessionId().orElseThrow());
            assertEquals(
                    "anna",
                    run.newPicks(AnnotationId.of("ribosome").session("1")).userId());
            assertEquals(
                    "anna",
                    run.newFilaments(AnnotationId.of("ribosome").session("1")).userId());
            assertEquals(
                    "anna",
                    run.newMesh(AnnotationId.of("ribosome").session("1"), MeshScene.empty())
                            .userId());
            VolumeData labels = VolumeData.of(new byte[] {1}, 1, 1, 1);
            assertEquals(
                    "anna",
                    run.newSegmentation(SegmentationId.binary("ribosome").at(10).session("1"), labels)
                            .userId());
        }
        assertEquals(
                0,
                Called.copick("new", "picks", "-c", config, "--particle-name", "ribosome")
                        .status());
        assertEquals(
                0,
                Called.copick("new", "picks", "-c", config, "--particle-name", "ribosome", "--out-user", "ben")
                        .status());
        try (Root root = Copick.open(config.toString())) {
            List<String> picks = root.run("TS_1").picks().stream()
                    .map(p -> p.userId() + "/" + p.sessionId())
                    .toList();
            assertEquals(List.of("anna/1", "anna/7", "ben/7"), picks);
        }
    }

    @Test
    void withoutAUserTheCommandTakesPythonsAndTheLibraryAsks() throws IOException {
        Path config = project("");
        try (Root root = Copick.open(config.toString())) {
            Run run = root.newRun("TS_1");
            String message = assertThrows(
                            InvalidConfigException.class,
                            () -> run.newPicks(AnnotationId.of("ribosome").session("1")))
                    .getMessage();
            assertTrue(String.valueOf(message).contains("user_id"), message);
        }
        assertEquals(
                0,
                Called.copick("new", "picks", "-c", config, "--particle-name", "ribosome")
                        .status());
        try (Root root = Copick.open(config.toString())) {
            assertEquals(
                    "0",
                    root.run("TS_1")
                            .picks(AnnotationId.of("ribosome").user("copick").session("0"))
                            .sessionId());
        }
    }
}
