package org.copick.cli.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.copick.cli.Called;
import org.copick.cli.output.ExitStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of roots with a password or signature, in every place that accepts a root. */
final class SecretRootsTest {
    private static final String SECRET = "TOPSECRET";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://AKIA:TOPSECRET@bucket/x",
                "s3://AKIA:TOP/TOPSECRET@bucket/x",
                "s3://bucket/x?X-Amz-Signature=TOPSECRET",
                "gs://bucket/x?X-Goog-Signature=TOPSECRET",
                "ssh://u:TOPSECRET@h/x",
                "https://u:TOPSECRET@h/x",
                "unheard-of://u:TOPSECRET@h/x",
                "cached::s3://u:TOPSECRET@h/x",
            })
    void areRefusedAndNotRepeated(String root) throws IOException {
        Path upper = Files.writeString(
                folder.resolve("upper.json"), "{\"overlay_root\": \"" + root + "\", \"pickable_objects\": []}");
        Path lower = Files.writeString(
                folder.resolve("lower.json"),
                "{\"overlay_root\": \"overlay\", \"static_root\": \"" + root + "\", \"pickable_objects\": []}");
        Path written = folder.resolve("written.json");
        for (List<Object> line : List.<List<Object>>of(
                List.of("info", "-c", upper, "--debug"),
                List.of("ls", "-c", lower),
                List.of("ls", "-c", root),
                List.of("copy", "--to", root, "-c", lower),
                List.of("manifest", "--zarr", root),
                List.of("config", "filesystem", "--overlay-root", root, "--config", written),
                List.of("config", "filesystem", "--overlay-root", "o", "--static-root", root, "--config", written),
                List.of("config", "filesystem", "--overlay-root", "o", "--layer", "l=" + root, "--config", written),
                List.of("demo", folder.resolve("demo"), "--s3", root),
                List.of("info", root),
                List.of(root))) {
            Called called = Called.copick(line.toArray());
            assertNotEquals(ExitStatus.DONE, called.status(), line::toString);
            assertFalse((called.out() + called.err()).contains(SECRET), () -> line + ": " + called);
            assertTrue(called.err().startsWith("copick: "), called::err);
        }
        assertFalse(Files.exists(written));
        assertFalse(Files.exists(folder.resolve("demo")));
        try (var files = Files.walk(folder)) {
            assertEquals(
                    List.of("lower.json", "upper.json"),
                    files.filter(Files::isRegularFile)
                            .filter(SecretRootsTest::holdsSecret)
                            .map(file -> folder.relativize(file).toString())
                            .sorted()
                            .toList());
        }
    }

    private static boolean holdsSecret(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
