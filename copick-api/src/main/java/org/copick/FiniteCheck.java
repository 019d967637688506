package org.copick;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.copick.error.InvalidDataException;
import org.copick.mesh.Bounds;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Polyline;

/** Rejects NaN and infinite coordinates and lengths before they are stored, because no program can display them. */
final class FiniteCheck {
    private FiniteCheck() {}

    static void check(PicksDocument document, String location) {
        checkSpacing(document.voxelSpacing(), location);
        document.notFinite().ifPresent(point -> {
            throw refusal(location, point);
        });
    }

    /** Checks a document. The points of filaments are always finite; those of a curve of unknown kind may not be. */
    static void check(FilamentsDocument document, String location) {
        checkSpacing(document.voxelSpacing(), location);
        for (Filament filament : document.filaments()) {
            Double radius = filament.radius();
            if (radius != null && !Double.isFinite(radius)) {
                throw refusal(location, "the radius of filament " + filament.instanceId() + " is " + radius);
            }
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
        scene.bounds().filter(box -> !fitsFloats(box)).ifPresent(box -> {
            throw refusal(location, "its instances reach as far as " + box);
        });
    }

    /** Returns whether the corners of a box can be represented as finite floats, the type of vertex coordinates. */
    private static boolean fitsFloats(Bounds box) {
        return DoubleStream.of(box.minX(), box.minY(), box.minZ(), box.maxX(), box.maxY(), box.maxZ())
                .allMatch(number -> Float.isFinite((float) number));
    }

    private static void checkSpacing(OptionalDouble voxelSpacing, String location) {
        if (!Double.isFinite(voxelSpacing.orElse(0))) {
            throw refusal(location, "the voxel spacing is " + voxelSpacing.getAsDouble());
        }
    }

    private static InvalidDataException refusal(String location, String which) {
        return new InvalidDataException(
                "cannot write " + location + ": " + which + "; numbers have to be finite, so remove or correct it");
    }
}
