package org.copick.picks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that files of Python copick 1.31 are read as Python reads them, and written back byte for byte. */
class GoldenDocumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"picks-plain", "picks-transforms", "picks-nulls", "picks-extreme", "picks-empty"})
    void readsAndWritesPicksAsPython(String name) throws IOException {
        byte[] stored = Documents.golden(name);
        PicksDocument document = PicksDocument.parse(stored, name);
        assertEquals(Documents.MAPPER.readTree(Documents.golden(name + ".expected")), Documents.manifest(document));
        assertEquals(new String(stored, UTF_8), new String(document.toJson(), UTF_8));
        PicksDocument again = document.withPoints(document.points());
        assertEquals(document, again);
        assertEquals(document.hashCode(), again.hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filaments-polylines",
                "filaments-catmull-rom",
                "filaments-linear",
                "filaments-bspline",
                "filaments-empty"
            })
    void readsAndWritesFilamentsAsPython(String name) throws IOException {
        byte[] stored = Documents.golden(name);
        FilamentsDocument document = FilamentsDocument.parse(stored, name);
        assertEquals(Documents.MAPPER.readTree(Documents.golden(name + ".expected")), Documents.manifest(document));
        assertEquals(new String(stored, UTF_8), new String(document.toJson(), UTF_8));
        assertEquals(document, document.withFilaments(document.filaments()));
    }

    @Test
    void createsTheEmptyDocumentsThatPythonCreates() throws IOException {
        assertEquals(
                new String(Documents.golden("picks-empty"), UTF_8),
                new String(
                        PicksDocument.empty("ribosome", "anna.b-1", "empty-1", "TS_001")
                                .toJson(),
                        UTF_8));
        assertEquals(
                new String(Documents.golden("filaments-empty"), UTF_8),
                new String(
                        FilamentsDocument.empty("microtubule", "anna.b-1", "12", "run-4.b")
                                .toJson(),
                        UTF_8));
    }

    @Test
    void readsIdsAbove53BitsAndExtremeDoubles() throws IOException {
        PicksDocument document = PicksDocument.parse(Documents.golden("picks-extreme"), "extreme");
        assertEquals(9007199254740993L, document.instanceIds()[0]);
        assertEquals(1e16, document.scores()[0]);
        double[] xyz = document.positions();
        assertEquals(1e-300, xyz[0]);
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(xyz[3]));
        assertEquals(Double.MAX_VALUE, xyz[6]);
        assertEquals(Double.MIN_VALUE, xyz[9]);
    }
}
