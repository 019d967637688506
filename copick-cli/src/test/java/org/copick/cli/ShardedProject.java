package org.copick.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.VolumeData;
import org.copick.picks.Point;

/** A project with more runs than the corpora have, for tests of shares. */
public final class ShardedProject {
    /** A number of shares of which each has runs of the project. */
    public static final int SHARES = 3;

    private ShardedProject() {}

    /** Unpacks a corpus and adds ten runs with picks and a tomogram; returns its configuration. */
    public static Path in(Path folder) throws IOException {
        Path golden = Golden.unpack("v1", folder);
        Path config = Golden.config(golden, "copick.template.json");
        try (Root root = Copick.open(config)) {
            for (int i = 0; i < 10; i++) {
                Run run = root.newRun("run " + i);
                List<Point> points = new ArrayList<>();
                for (int point = 0; point <= i; point++) {
                    points.add(Point.at(i, point, 7));
                }
                run.newPicks(AnnotationId.of("ribosome").user("me").session("" + i % 2), points);
                float[] values = new float[4 * 4 * 4];
                values[i] = 1;
                run.newVoxelSpacing(10).newTomogram("raw", VolumeData.of(values, 4, 4, 4));
            }
        }
        return config;
    }

    /** Writes the configuration of an empty project. */
    public static Path empty(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name + ".json"), """
                {"config_type": "filesystem", "pickable_objects": [], "overlay_root": "%s"}
                """.formatted(
                        folder.resolve(name).toString().replace('\\', '/')));
    }

    /** Runs a command once for each share, in the order 2, 3, 1, and returns the results. */
    public static List<Called> each(Object... command) {
        List<Called> results = new ArrayList<>();
        for (int number : new int[] {2, 3, 1}) {
            List<Object> arguments = new ArrayList<>(List.of(command));
            arguments.add("--shard");
            arguments.add(number + "/" + SHARES);
            results.add(Called.copick(arguments.toArray()));
        }
        return results;
    }
}
