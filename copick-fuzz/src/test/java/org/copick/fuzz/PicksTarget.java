package org.copick.fuzz;

import org.copick.error.CopickException;
import org.copick.picks.PicksDocument;

/** Reads picks. Readable documents can be stored, and reading them again gives the same document. */
public final class PicksTarget {
    private PicksTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        PicksDocument document;
        try {
            document = PicksDocument.parse(input, "input");
        } catch (CopickException refused) {
            return;
        }
        Expected.same(document, PicksDocument.parse(document.toJson(), "again"));
        Expected.same(document, document.withPoints(document.points()));
    }
}
