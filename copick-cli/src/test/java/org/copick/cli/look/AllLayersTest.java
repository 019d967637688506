package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.copick.cli.Called;
import org.copick.cli.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test with a project whose run TS_001 has the tomogram wbp in both layers. */
final class AllLayersTest {
    @TempDir
    private Path folder;

    @Test
    void featuresAreListedOnce() throws Exception {
        Path config = Golden.config(Golden.unpack("v1", folder), "copick.template.json");

        Called listed = Called.copick("ls", "--all-layers", "--run", "TS_001", "-c", config);

        assertEquals(0, listed.status(), listed.err());
        List<String> lines = listed.out().lines().toList();
        assertEquals(
                2,
                lines.stream()
                        .filter(line -> line.contains("\ttomogram\twbp@10"))
                        .count(),
                listed::out);
        List<String> features =
                lines.stream().filter(line -> line.contains("\tfeatures\t")).toList();
        assertEquals(features.stream().distinct().toList(), features);
        assertEquals(
                3, features.stream().filter(line -> line.contains("\twbp@10")).count(), listed::out);
    }
}
