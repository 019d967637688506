package org.copick.fuzz;

import org.copick.error.CopickException;
import org.copick.picks.PicksDocument;

/** Reads picks; documents that can be read can be stored and are read again as they were. */
public final class PicksTarget {
    private PicksTarget() {}

    /** The entry that Jazzer looks for. */
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
