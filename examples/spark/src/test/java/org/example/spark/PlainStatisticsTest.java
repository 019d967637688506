package org.example.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.VolumeData;
import org.copick.config.ProjectConfig;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test of the statistics of two runs, with figures that can be checked by hand. */
final class PlainStatisticsTest {
    @Test
    void distancesAndMeansAreThoseOfTheProject(@TempDir Path folder) {
        String config = """
                {"overlay_root": "local://%s", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1, "color": [255, 0, 0, 255]}]}
                """.formatted(folder.resolve("data"));
        try (Root root = Copick.open(ProjectConfig.parse(config, "of a test"))) {
            Run second = root.newRun("TS_2");
            AnnotationId alice = AnnotationId.of("ribosome").user("alice").session("1");
            // the nearest others are at 3, 3 and 4 Å
            second.newPicks(alice, List.of(Point.at(0, 0, 0), Point.at(3, 0, 0), Point.at(3, 4, 0)));
            second.newPicks(AnnotationId.of("ribosome").user("bob").session("1"), List.of(Point.at(9, 9, 9)));
            Run first = root.newRun("TS_1");
            first.newPicks(alice, List.of(Point.at(1, 2, 3), Point.at(1, 2, 3)));
            float[] voxels = new float[65 * 2 * 2];
            Arrays.fill(voxels, 64 * 4, voxels.length, 0.0078125f);
            first.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(voxels, 65, 2, 2));

            List<String> lines = new ArrayList<>();
            PlainStatistics.print(root, lines::add);
            assertEquals(
                    List.of(
                            "picks TS_1 ribosome:alice/1 0.000000",
                            "picks TS_2 ribosome:alice/1 3.333333",
                            "object ribosome 2.000000",
                            "block TS_1 wbp@10.0 0,0,0 0.000000",
                            "block TS_1 wbp@10.0 64,0,0 0.007812"),
                    lines);
        }
    }
}
