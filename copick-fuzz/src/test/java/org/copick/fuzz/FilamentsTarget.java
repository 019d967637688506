package org.copick.fuzz;

import org.copick.error.CopickException;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;

/**
 * Reads filaments and evaluates their curves.
 *
 * <p>Readable documents can be stored, and reading them again gives the same document.
 */
public final class FilamentsTarget {
    private FilamentsTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        FilamentsDocument document;
        try {
            document = FilamentsDocument.parse(input, "input");
        } catch (CopickException refused) {
            return;
        }
        Expected.same(document, FilamentsDocument.parse(document.toJson(), "again"));
        for (Filament filament : document.filaments()) {
            Curve curve = filament.curve();
            if (curve != null) {
                try {
                    curve.evaluate();
                } catch (CopickException | IllegalArgumentException refused) {
                    // documented: curves of unknown kinds, or with more points than the limit, are refused
                }
            }
        }
        try {
            document.withoutStaleCurves();
        } catch (CopickException refused) {
            // like above
        }
    }
}
