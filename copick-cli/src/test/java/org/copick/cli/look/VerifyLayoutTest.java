package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.Copick;
import org.copick.Root;
import org.copick.cli.Called;
import org.copick.cli.project.SampleProject;
import org.copick.zarr.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that {@code verify} compares values in any storage, and their storage only with {@code --layout}. */
final class VerifyLayoutTest {
    @TempDir
    private Path folder;

    private Path manifest = Path.of("");
    private Path copy = Path.of("");

    @BeforeEach
    void copyToVersion3() throws IOException {
        SampleProject.unpack(folder);
        Path source = folder.resolve("copick.json");
        manifest = folder.resolve("m.json");
        copy = folder.resolve("copy.json");
        assertEquals(0, Called.copick("manifest", "-c", source, "-o", manifest).status());
        Files.writeString(copy, "{\"overlay_root\": \"copy\", \"pickable_objects\": []}");
        Called copied = Called.copick("copy", "-c", source, "--to", copy, "--zarr-format", 3);
        assertEquals(0, copied.status(), copied::err);
    }

    @Test
    void aCopyInAnotherFormatIsEqual() {
        Called verified = verify();
        assertEquals("", verified.out());
        assertEquals(0, verified.status(), verified::err);
    }

    @Test
    void theLayoutIsComparedWhenAskedFor() {
        Called verified = verify("--layout", "--ignore", "read_only");
        assertEquals(3, verified.status());
        assertTrue(verified.out().contains(".zarr_format: expected 2, found 3"), verified::out);
        assertTrue(verified.out().contains(".shards: expected null"), verified::out);
        assertTrue(verified.out().lines().noneMatch(line -> line.contains("sha256")), verified::out);
        assertEquals(3, verify("--layout").status(), "it lies in another layer");
    }

    @Test
    void oneChangedValueIsADifference() {
        try (Root root = Copick.open(copy)) {
            var array = root.run("TS_001")
                    .voxelSpacing(10)
                    .tomogram("wbp")
                    .volume()
                    .level(0)
                    .array();
            float[] value = array.readFloats(Region.of(new long[3], new long[] {1, 1, 1}));
            array.writeRegion(Region.of(new long[3], new long[] {1, 1, 1}), new float[] {value[0] + 1});
        }
        Called verified = verify();
        assertEquals(3, verified.status());
        assertEquals(1, verified.out().lines().count(), verified::out);
        assertTrue(verified.out().contains("sha256"), verified::out);
    }

    @Test
    void whatIsMissingIsADifference() {
        assertEquals(
                0,
                Called.copick("rm", "picks", "ribosome:gapstop/0", "--run", "TS_001", "-c", copy)
                        .status());
        Called verified = verify();
        assertEquals(3, verified.status());
        assertTrue(verified.out().contains("missing"), verified::out);
    }

    private Called verify(Object... more) {
        Object[] arguments = new Object[more.length + 4];
        arguments[0] = "verify";
        arguments[1] = manifest;
        arguments[2] = "-c";
        arguments[3] = copy;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Called.copick(arguments);
    }
}
