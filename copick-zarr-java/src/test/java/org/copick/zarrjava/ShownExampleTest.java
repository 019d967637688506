package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zarr.zarrjava.core.Array;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Tomogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/bridges.md shows of zarr-java, the data model's {@code zarr.open(tomogram.zarr())["0"]} among it. */
final class ShownExampleTest {
    private static final Path PAGE = Path.of("../docs/bridges.md");
    private static final Path SOURCE = Path.of("src/test/java/org/copick/zarrjava/ShownExampleTest.java");

    @TempDir
    private Path folder;

    @Test
    void thePageShowsWhatIsRun() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("\n## zarr-java")).split("\n## (?!zarr-java)", 2)[0];
        String block = section.substring(section.indexOf("```java\n") + "```java\n".length())
                .split("```", 2)[0]
                .replace("Path.of(\"sample/copick.json\")", "config");
        String shown = Files.readString(SOURCE)
                .split("\n +// shown in docs/bridges.md\n", 2)[1]
                .split("\n +// end of what is shown\n", 2)[0]
                .replaceAll("(?s) +// not shown\n.*?// shown again\n", "");
        assertEquals(normalized(shown), normalized(block));
    }

    private static String normalized(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("import "))
                .collect(Collectors.joining(" "))
                // the formatter moves the dots of call chains to other lines
                .replaceAll(" (?=\\.\\w)", "");
    }

    @Test
    void theExampleRuns() throws Exception {
        Path config = project();
        // shown in docs/bridges.md
        try (Root root = Copick.open(config)) {
            Tomogram tomogram = root.run("TS_001").voxelSpacing(10).tomogram("wbp");
            // Python: zarr.open(tomogram.zarr())["0"]
            Array array = Array.open(CopickStore.of(tomogram).resolve("0"));
            long[] shape = array.metadata().shape;
            int height = (int) shape[1];
            int width = (int) shape[2];
            ucar.ma2.Array plane = array.read(new long[] {18, 0, 0}, new int[] {1, height, width});
            float[] elements = (float[]) plane.copyTo1DJavaArray();

            // decoded by copick, in blocks of one plane
            Array plain =
                    Array.open(CopickStore.plain(tomogram, 1, height, width).resolve("0"));
            ucar.ma2.Array equal = plain.read(new long[] {18, 0, 0}, new int[] {1, height, width});
            // not shown
            assertArrayEquals(tomogram.plane(Axis.Z, 18), elements);
            assertArrayEquals(elements, (float[]) equal.copyTo1DJavaArray());
            assertTrue(Arrays.stream(shape).allMatch(length -> length > 18));
            // shown again
        }
        // end of what is shown
    }

    /** Unpacks a project that Python wrote, and returns its configuration. */
    private Path project() throws IOException {
        try (InputStream archive =
                        Objects.requireNonNull(ShownExampleTest.class.getResourceAsStream("/golden/v1.zip"));
                ZipInputStream entries = new ZipInputStream(archive)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(entries, file);
                }
            }
        }
        String config = Files.readString(folder.resolve("copick.template.json"))
                .replace("{ROOT}", folder.toString().replace('\\', '/'));
        return Files.write(folder.resolve("copick.json"), List.of(config));
    }
}
