package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.cli.Called;
import org.copick.zarr.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that {@code copick validate} reports invalid values in stored files. */
final class StoredValuesTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void project() throws IOException {
        config = folder.resolve("copick.json");
        Files.writeString(config, """
                {"overlay_root": "%s", "pickable_objects": [{"name": "mt", "is_particle": true, "label": 2}]}
                """.formatted(folder.resolve("p").toString().replace('\\', '/')));
    }

    @Test
    void labelsOfBinarySegmentations() throws IOException {
        VolumeOptions any = VolumeOptions.defaults().anyLabels();
        try (Root root = Copick.open(config)) {
            Run run = root.newRun("A");
            mask(run, "ok", VolumeData.of(new byte[] {0, 1, 1}, 1, 1, 3), any);
            mask(run, "object", VolumeData.of(new byte[] {0, 2, 2}, 1, 1, 3), any);
            mask(run, "signed", VolumeData.of(new long[] {0, -128, 1}, 1, 1, 3), any.type(DataType.INT8));
            int[] many = new int[12_002];
            for (int i = 0; i < many.length; i++) {
                many[i] = i;
            }
            mask(run, "many", VolumeData.of(many, 1, 1, many.length), any);
        }

        Called checked = Called.copick("validate", "-c", config);

        assertEquals(1, checked.status());
        assertFalse(checked.out().contains("_ok_"), checked.out());
        assertTrue(line(checked, "_object_").contains("it holds the labels 2, and a binary"), checked.out());
        assertTrue(line(checked, "_signed_").contains("it holds the labels -128, and"), checked.out());
        assertTrue(
                line(checked, "_many_").contains("the labels 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and at least 9991 more"),
                checked.out());
    }

    @Test
    void coordinatesThatAreNotFinite() throws IOException {
        put(
                "Picks/a_1_mt.json",
                "{\"pickable_object_name\": \"mt\", \"user_id\": \"a\", \"session_id\": \"1\", \"points\": ["
                        + "{\"location\": {\"x\": 1, \"y\": 1, \"z\": 1}, \"transformation_\": [[1, 0, 0, NaN],"
                        + " [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]}]}");
        put(
                "Picks/b_1_mt.json",
                "{\"pickable_object_name\": \"mt\", \"user_id\": \"b\", \"session_id\": \"1\", \"points\": ["
                        + "{\"location\": {\"x\": Infinity, \"y\": 1, \"z\": 1}}]}");
        put(
                "Filaments/a_1_mt.json",
                "{\"pickable_object_name\": \"mt\", \"user_id\": \"a\", \"session_id\": \"1\", \"filaments\": ["
                        + "{\"instance_id\": 3, \"points\": [[0, 0, 0], [1, 0, 0]], \"curve\": {\"kind\": \"arc\","
                        + " \"control_points\": [[0, 0, 0], [NaN, 0, 0]], \"step\": 1}}]}");

        Called checked = Called.copick("validate", "-c", config);

        assertTrue(
                line(checked, "Picks/a_1_mt.json").contains("the transform of point 0 is not finite"), checked.out());
        assertTrue(line(checked, "Picks/b_1_mt.json").contains("1 point with coordinates"), checked.out());
        assertTrue(line(checked, "Filaments/a_1_mt.json").contains("curve of filament 3 has control"), checked.out());
    }

    private static void mask(Run run, String user, VolumeData labels, VolumeOptions options) {
        run.newSegmentation(SegmentationId.binary("mt").at(10).user(user).session("1"), labels, options);
    }

    private void put(String file, String text) throws IOException {
        Path path = folder.resolve("p/ExperimentRuns/A").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String line(Called called, String part) {
        return called.out()
                .lines()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElse("");
    }
}
