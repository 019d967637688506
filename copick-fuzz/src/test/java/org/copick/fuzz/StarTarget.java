package org.copick.fuzz;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.copick.error.CopickException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.exchange.RelionParticles;
import org.copick.exchange.RelionPoints.Coordinates;
import org.copick.exchange.RelionTomogram;
import org.copick.exchange.StarFile;
import org.copick.exchange.Table;

/** Reads STAR files with particles and tomograms, writes them, and checks that reading them again gives the same. */
public final class StarTarget {
    private StarTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        StarFile star;
        try {
            star = StarFile.read(InputFiles.of("input.star", input));
        } catch (CopickException refused) {
            return;
        }
        Expected.refusedOrDone(() -> RelionTomogram.readAll(star));
        Expected.refusedOrDone(
                () -> RelionParticles.points(star, RelionTomogram::named, Coordinates.PIXELS, OptionalDouble.of(4)));
        Expected.refusedOrDone(
                () -> RelionParticles.points(star, RelionTomogram::named, Coordinates.AUTO, OptionalDouble.empty()));
        Expected.refusedOrDone(() -> {
            RelionParticles.count(star);
            RelionParticles.tomograms(star);
        });
        Path copy = InputFiles.named("again.star");
        try {
            star.write(copy);
        } catch (UnsupportedFeatureException refused) {
            return;
        }
        StarFile again = StarFile.read(copy);
        Expected.same(star.blocks().keySet(), again.blocks().keySet());
        for (Map.Entry<String, Table> block : star.blocks().entrySet()) {
            Table before = block.getValue();
            Table after = again.block(block.getKey()).orElseThrow();
            Expected.same(before.columns(), after.columns());
            for (String column : before.columns()) {
                Expected.same(before.strings(column), after.strings(column));
            }
        }
    }
}
