package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.copick.AnnotationId;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.error.InvalidDataException;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.copick.picks.Transform;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that coordinates that are not finite are read from existing documents, but rejected when writing. */
final class FiniteCoordinatesTest {
    private static final String STORED = """
            {"pickable_object_name": "ribosome", "user_id": "bob", "session_id": "1", "points": [
               {"location": {"x": 1, "y": 2, "z": 3}}, {"location": {"x": 4, "y": -Infinity, "z": NaN}}]}
            """;

    private final SharedMemory memory = new SharedMemory();
    private final Root root = memory.open("mine", "!public");
    private final Run run = root.run("TS_001");

    @AfterEach
    void close() {
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aPickThatIsNowhereIsRefusedByNumber(double nowhere) {
        Picks picks = run.newPicks(AnnotationId.of("ribosome").user("bob").session("2"));
        picks.write(List.of(Point.at(1, 2, 3)));

        assertRefused(
                () -> picks.write(List.of(Point.at(1, 2, 3), Point.at(0, 0, 0), Point.at(4, 5, nowhere))),
                "point 2 is at 4.0, 5.0, " + nowhere);
        assertRefused(
                () -> picks.write(picks.document().withPoints(new double[] {1, nowhere, 3})),
                "point 0 is at 1.0, " + nowhere + ", 3.0");
        double[] transform = Transform.IDENTITY.toArray();
        transform[3] = nowhere;
        assertRefused(
                () -> picks.write(List.of(Point.at(0, 0, 0), Point.at(1, 2, 3, Transform.of(transform)))),
                "the transform of point 1 is [1.0, 0.0, 0.0, " + nowhere);
        assertEquals(List.of(Point.at(1, 2, 3)), picks.points(), "nothing was changed");
        picks.refresh();
        assertEquals(List.of(Point.at(1, 2, 3)), picks.points());
    }

    @Test
    void whatIsStoredAlreadyIsReadAndCanBeRepaired() {
        memory.space.write(
                "mine/ExperimentRuns/TS_001/Picks/bob_1_ribosome.json",
                STORED.getBytes(StandardCharsets.UTF_8),
                WriteCondition.ANY);
        run.refresh();
        Picks picks = run.picks(AnnotationId.of("ribosome").user("bob").session("1"));

        assertEquals(List.of(Point.at(1, 2, 3), Point.at(4, Double.NEGATIVE_INFINITY, Double.NaN)), picks.points());
        assertEquals(1, picks.document().firstNotFinite().getAsInt());
        assertRefused(() -> picks.write(picks.points()), "point 1 is at 4.0, -Infinity, NaN");
        picks.write(picks.points().subList(0, 1));
        assertTrue(picks.document().firstNotFinite().isEmpty());
    }

    @Test
    void aCopyOfASharedDocumentKeepsWhatItIsMadeFor() {
        memory.space.write(
                "public/ExperimentRuns/TS_001/Picks/bob_1_ribosome.json",
                STORED.getBytes(StandardCharsets.UTF_8),
                WriteCondition.ANY);
        run.refresh();

        Picks own =
                run.picks(AnnotationId.of("ribosome").user("bob").session("1")).writableCopy();

        assertEquals(2, own.points().size(), "reading works, so that a shared document can be repaired");
        own.write(own.points().subList(0, 1));
    }

    @Test
    void aFilamentAndItsCurveAreSomewhere() {
        Filaments filaments =
                run.newFilaments(AnnotationId.of("ribosome").user("bob").session("1"));
        FilamentsDocument empty = filaments.document();
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> Filament.of(1, Polyline.of(0, 0, 0, 1, Double.NaN, 0)));
        assertTrue(refused.toString().contains("point 1 is at 1.0, NaN, 0.0"), refused::toString);
        Curve unknown = new Curve(
                "arc", Polyline.of(0, 0, 0, 1, 2, Double.POSITIVE_INFINITY), 1, null, null, null, null, Map.of());
        Filament traced = Filament.of(7, Polyline.of(0, 0, 0, 1, 0, 0)).withCurve(unknown);

        assertRefused(
                () -> filaments.write(empty.withFilaments(List.of(traced))),
                "control point 1 of the curve of filament 7 is at 1.0, 2.0, Infinity");
        assertEquals(empty, filaments.document());
    }

    @Test
    void aVertexIsSomewhere() {
        MeshScene broken = MeshScene.parse(nan(), "broken");
        Mesh mesh = run.newMesh(AnnotationId.of("ribosome").user("bob").session("1"), MeshScene.empty());

        assertRefused(() -> mesh.write(broken), "vertex 1 of GLTF is at 1.0, NaN, 0.0");
        assertRefused(
                () -> run.newMesh(AnnotationId.of("ribosome").user("bob").session("2"), broken),
                "vertex 1 of GLTF is at 1.0, NaN, 0.0");
        assertEquals(List.of(), mesh.scene().geometries());
        assertTrue(run.findMesh(AnnotationId.of("ribosome").user("bob").session("2"))
                .isEmpty());
    }

    @Test
    void theFirstPointThatIsNotFiniteIsFound() {
        PicksDocument document = PicksDocument.empty("a", "b", "c", null);

        assertTrue(document.firstNotFinite().isEmpty());
        assertTrue(document.withPoints(new double[] {1e300, 1e300, 1e300})
                .firstNotFinite()
                .isEmpty());
        assertEquals(
                1,
                document.withPoints(new double[] {0, 0, 0, 0, Double.NaN, 0, Double.NaN, 0, 0})
                        .firstNotFinite()
                        .getAsInt());
        assertEquals(1, Polyline.of(0, 0, 0, 0, 0, Double.NaN).firstNotFinite().getAsInt());
    }

    private static void assertRefused(Runnable action, String which) {
        InvalidDataException refused = assertThrows(InvalidDataException.class, action::run);
        assertTrue(refused.toString().contains(which), refused::toString);
    }

    /** Returns a triangle whose second vertex has NaN as y; Python writes such files. */
    private static byte[] nan() {
        byte[] glb = MeshScene.of(
                        Geometry.triangles("GLTF", new float[] {0, 0, 0, 1, 2, 0, 3, 4, 5}, new int[] {0, 1, 2}))
                .toGlb();
        // the last 48 bytes are the vertices and the indices
        ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN).putFloat(glb.length - 48 + 16, Float.NaN);
        return glb;
    }
}
