package org.copick.fuzz;

import org.copick.error.CopickException;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;

/** Reads filaments and evaluates their curves; documents that can be read can be stored and are read again as they were. */
public final class FilamentsTarget {
    private FilamentsTarget() {}

    /** The entry that Jazzer looks for. */
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
                    // of an unknown kind, or of more points than are made, as documented
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
