package org.copick.picks;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One picked point. Immutable. Equality compares every component; NaN equals NaN, and 0.0 differs from −0.0.
 *
 * @param x distance from the volume's corner along x, in Å
 * @param y along y, in Å
 * @param z along z, in Å
 * @param transform object space to tomogram space; the particle's centre is the location plus its shift
 * @param instanceId which instance the point belongs to; for an object declared a filament the filament's id (from 1,
 *     and 0 for unassigned); null where the document says null
 * @param score a confidence, or null where the document says null
 * @param unknown further keys of the point's JSON object, kept when the document is stored
 */
public record Point(
        double x,
        double y,
        double z,
        Transform transform,
        @Nullable Long instanceId,
        @Nullable Double score,
        Map<String, @Nullable Object> unknown) {
    static final Set<String> KEYS = Set.of("location", "transformation_", "instance_id", "score");

    /** @throws IllegalArgumentException when {@code unknown} holds a key that copick knows, or no plain JSON value */
    public Point {
        Objects.requireNonNull(transform, "transform");
        unknown = FreeFormJson.copy(unknown, KEYS);
    }

    /** An unrotated point at x, y, z in Å, with copick's defaults: instance 0, score 1. */
    public static Point at(double x, double y, double z) {
        return at(x, y, z, Transform.IDENTITY);
    }

    /** A point at x, y, z in Å with this orientation and shift, instance 0 and score 1. */
    public static Point at(double x, double y, double z, Transform transform) {
        Objects.requireNonNull(transform, "transform");
        return new Point(x, y, z, transform, 0L, 1.0, Map.of());
    }

    /** The same point as part of this instance. */
    public Point withInstanceId(@Nullable Long instanceId) {
        return new Point(x, y, z, transform, instanceId, score, unknown);
    }

    /** The same point with this score. */
    public Point withScore(@Nullable Double score) {
        return new Point(x, y, z, transform, instanceId, score, unknown);
    }
}
