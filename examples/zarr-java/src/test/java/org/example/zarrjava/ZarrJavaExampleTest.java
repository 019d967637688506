package org.example.zarrjava;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.copick.Copick;
import org.copick.Root;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZarrJavaExampleTest {
    private static final String PRINTED = """
            TS_001 wbp at 10.0 Å
            level 0: [4, 8, 8] voxels, plane z = 2 has the mean 159.5000 and the maximum 191.0000
            level 1: [2, 4, 4] voxels, plane z = 1 has the mean 191.5000 and the maximum 218.5000
            """;

    @TempDir
    private Path folder;

    @Test
    void bothWaysPrintTheSameNumbers() throws Exception {
        Path config = folder.resolve("copick.json");
        float[] numbers = new float[4 * 8 * 8];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        String overlay = folder.resolve("overlay").toString();
        try (Root root =
                Copick.create(config, project -> project.name("numbers").overlay(overlay))) {
            root.newRun("TS_001")
                    .newVoxelSpacing(10)
                    .newTomogram(
                            "wbp",
                            VolumeData.of(numbers, 4, 8, 8),
                            VolumeOptions.defaults()
                                    .format(ImageFormat.VERSION_2)
                                    .levels(2));
        }
        assertEquals(PRINTED, printed(config, false));
        assertEquals(PRINTED, printed(config, true));
    }

    private static String printed(Path config, boolean plain) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ZarrJavaExample.print(config, plain, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
