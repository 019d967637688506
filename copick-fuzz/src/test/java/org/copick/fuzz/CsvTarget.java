package org.copick.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.copick.error.CopickException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.exchange.PicksCsv;
import org.copick.picks.Point;

/** Reads points of CSV tables, writes them, and checks that reading them again gives the same points. */
public final class CsvTarget {
    private CsvTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path copy = InputFiles.named("again.csv");
        Map<String, List<Point>> points;
        try {
            points = PicksCsv.read(InputFiles.of("input.csv", input));
        } catch (CopickException refused) {
            return;
        }
        try {
            PicksCsv.write(copy, points);
        } catch (UnsupportedFeatureException refused) {
            return;
        }
        Expected.same(points, PicksCsv.read(copy));
    }
}
