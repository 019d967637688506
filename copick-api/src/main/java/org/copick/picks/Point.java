package org.copick.picks;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One picked point. Immutable. Equality compares every component; NaN equals NaN, and 0.0 differs from −0.0.
 *
 * @param x distance from the volume's corner along x, in Å
 * @param y distance from the volume's corner along y, in Å
 * @param z distance from the volume's corner along z, in Å
 * @param transform from object space to tomogram space; the particle's centre is the location plus the transform's
 *     shift
 * @param instanceId the instance that the point belongs to; for an object declared a filament, the filament's id (1 or
 *     more; 0 if unassigned); null if the document has null
 * @param score a confidence, or null if the document has null
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

    /**
     * Checks and copies the unknown keys.
     *
     * @param x distance from the volume's corner along x, in Å
     * @param y distance from the volume's corner along y, in Å
     * @param z distance from the volume's corner along z, in Å
     * @param transform from object space to tomogram space
     * @param instanceId the instance that the point belongs to, or null
     * @param score a confidence, or null
     * @param unknown plain JSON values under other keys than those that copick knows; copied
     * @throws IllegalArgumentException if {@code unknown} has a key that copick knows, or a value that is not plain
     *     JSON
     */
    public Point {
        Objects.requireNonNull(transform, "transform");
        unknown = FreeFormJson.copy(unknown, KEYS);
    }

    /**
     * Creates an unrotated point with copick's defaults: instance 0, score 1.
     *
     * @param x distance from the volume's corner along x, in Å
     * @param y distance from the volume's corner along y, in Å
     * @param z distance from the volume's corner along z, in Å
     * @return the point
     */
    public static Point at(double x, double y, double z) {
        return at(x, y, z, Transform.IDENTITY);
    }

    /**
     * Creates a point with an orientation and shift, instance 0 and score 1.
     *
     * @param x distance from the volume's corner along x, in Å
     * @param y distance from the volume's corner along y, in Å
     * @param z distance from the volume's corner along z, in Å
     * @param transform the orientation and shift, from object space to tomogram space
     * @return the point
     */
    public static Point at(double x, double y, double z, Transform transform) {
        Objects.requireNonNull(transform, "transform");
        return new Point(x, y, z, transform, 0L, 1.0, Map.of());
    }

    /**
     * {@return this point with another instance id}
     *
     * @param instanceId the id, or null for none
     */
    public Point withInstanceId(@Nullable Long instanceId) {
        return new Point(x, y, z, transform, instanceId, score, unknown);
    }

    /**
     * {@return this point with another score}
     *
     * @param score the confidence, or null for none
     */
    public Point withScore(@Nullable Double score) {
        return new Point(x, y, z, transform, instanceId, score, unknown);
    }
}
