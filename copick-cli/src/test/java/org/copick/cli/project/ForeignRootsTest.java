package org.copick.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.cli.Called;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of invalid folder names as roots, in every place that accepts a root. */
final class ForeignRootsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"$HOME/overlay", "${DATA}", "C:\\Users\\me", "\\\\server\\share"})
    void areAnswered(String root) throws IOException {
        String quoted = root.replace("\\", "\\\\");
        Path config = Files.writeString(
                folder.resolve("copick.json"), "{\"overlay_root\": \"" + quoted + "\", \"pickable_objects\": []}");
        assertFails(root, Called.copick("new", "run", "TS_1", "-c", config));
        Files.writeString(
                config,
                "{\"overlay_root\": \"overlay\", \"static_root\": \"" + quoted + "\", \"pickable_objects\": []}");
        assertFails(root, Called.copick("ls", "-c", config));
        Path written = folder.resolve("written.json");
        assertFails(root, Called.copick("config", "filesystem", "--overlay-root", root, "--config", written));
        assertFalse(Files.exists(written));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    private static void assertFails(String root, Called called) {
        assertEquals(1, called.status(), () -> called.out() + called.err());
        assertEquals(1, called.err().lines().count(), called::err);
        assertTrue(called.err().contains("cannot open " + root), called::err);
    }
}
