package org.copick;

import java.util.Arrays;
import org.copick.error.InvalidDataException;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;

/** Refuses to store coordinates that are NaN or infinite, which stored files may hold and nothing can show. */
final class FiniteCheck {
    private FiniteCheck() {}

    static void check(PicksDocument document, String location) {
        document.firstNotFinite().ifPresent(point -> {
            Point first = document.point(point);
            boolean isPlaced = Double.isFinite(first.x()) && Double.isFinite(first.y()) && Double.isFinite(first.z());
            throw refusal(
                    location,
                    isPlaced
                            ? "the transform of point " + point + " is "
                                    + Arrays.toString(first.transform().toArray())
                            : "point " + point + " is at " + first.x() + ", " + first.y() + ", " + first.z());
        });
    }

    /** The points of a filament are finite already; those of a curve of an unknown kind need not be. */
    static void check(FilamentsDocument document, String location) {
        for (Filament filament : document.filaments()) {
            Curve curve = filament.curve();
            if (curve != null) {
                Polyline points = curve.controlPoints();
                points.firstNotFinite().ifPresent(point -> {
                    throw refusal(
                            location,
                            "control point " + point + " of the curve of filament " + filament.instanceId() + " is at "
                                    + points.x(point) + ", " + points.y(point) + ", " + points.z(point));
                });
            }
        }
    }

    static void check(MeshScene scene, String location) {
        for (Geometry geometry : scene.geometries()) {
            float[] vertices = geometry.vertices();
            for (int i = 0; i < vertices.length; i++) {
                if (!Float.isFinite(vertices[i])) {
                    int first = i / 3 * 3;
                    throw refusal(
                            location,
                            "vertex " + i / 3 + " of " + geometry.name() + " is at " + vertices[first] + ", "
                                    + vertices[first + 1] + ", " + vertices[first + 2]);
                }
            }
        }
    }

    private static InvalidDataException refusal(String location, String which) {
        return new InvalidDataException(
                "cannot write " + location + ": " + which + "; coordinates are finite, so remove or correct it");
    }
}
