package org.copick.picks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One traced filament: the ordered vertices of its centreline. Immutable.
 *
 * @param instanceId 1 or more, unique in its document; picks of this filament have it as their instance id
 * @param points two or more vertices in Å, finite; neighbours may be equal
 * @param polarityKnown whether the order of the points follows the polarity (minus to plus, pointed to barbed end)
 * @param score a confidence
 * @param radius the radius of the tube in Å, above 0, or null if not measured
 * @param metadata anything the user wants to keep
 * @param curve the curve that {@code points} were generated from, or null
 * @param unknown further keys of the filament's JSON object; kept here, dropped by Python
 */
public record Filament(
        long instanceId,
        Polyline points,
        boolean polarityKnown,
        double score,
        @Nullable Double radius,
        Map<String, @Nullable Object> metadata,
        @Nullable Curve curve,
        Map<String, @Nullable Object> unknown) {
    static final Set<String> KEYS =
            Set.of("instance_id", "points", "polarity_known", "score", "radius", "metadata", "curve");

    /**
     * Checks the values.
     *
     * @param instanceId 1 or more
     * @param points two or more, finite
     * @param polarityKnown whether the order of the points follows the polarity
     * @param score a confidence; not checked
     * @param radius above 0, or null
     * @param metadata plain JSON values; copied
     * @param curve any curve, or null; whether it describes the points is not checked
     * @param unknown plain JSON values under other keys than those that copick knows; copied
     * @throws IllegalArgumentException if a value breaks its rule
     */
    public Filament {
        if (instanceId < 1) {
            throw new IllegalArgumentException("instance_id must be 1 or more, not " + instanceId);
        }
        if (points.size() < 2) {
            throw new IllegalArgumentException("points must be two or more, not " + points.size());
        }
        points.firstNotFinite().ifPresent(point -> {
            throw new IllegalArgumentException("points must be finite, but point " + point + " is at " + points.x(point)
                    + ", " + points.y(point) + ", " + points.z(point));
        });
        if (radius != null && !(radius > 0)) {
            throw new IllegalArgumentException("radius must be above 0, not " + radius);
        }
        metadata = FreeFormJson.copy(metadata, Set.of());
        unknown = FreeFormJson.copy(unknown, KEYS);
    }

    /**
     * Creates a filament through points with copick's defaults: polarity unknown, score 1, no radius, no curve.
     *
     * @param instanceId the id, 1 or more
     * @param points two or more vertices in Å, finite
     * @return the filament
     * @throws IllegalArgumentException if the id is below 1, or there are fewer than two points or one that is not
     *     finite
     */
    public static Filament of(long instanceId, Polyline points) {
        return new Filament(instanceId, points, false, 1, null, Map.of(), null, Map.of());
    }

    /**
     * Creates a filament through the points of a curve and keeps the curve; defaults as in {@link #of(long,
     * Polyline)}.
     *
     * @param instanceId the id, 1 or more
     * @param curve a curve of a known kind
     * @return the filament
     * @throws org.copick.error.UnsupportedFeatureException if the curve's kind is unknown
     * @throws IllegalArgumentException if the id is below 1, or {@link Curve#evaluate} refuses the curve
     */
    public static Filament of(long instanceId, Curve curve) {
        return of(instanceId, curve.evaluate()).withCurve(curve);
    }

    /**
     * {@return a curve for editors: this filament's own if it is current, otherwise one fitted to the points}
     *
     * <p>The own curve must be of a known kind. The fitted one is a Catmull-Rom curve with a tolerance of half its
     * step.
     *
     * @param voxelSpacing the fitted curve's step in Å, usually the document's voxel spacing; if it is null or not
     *     above 0 and finite, the median distance of neighbouring points is used
     * @throws IllegalArgumentException if the points are closed, mostly equal, or too far apart for the step
     */
    public Curve editableCurve(@Nullable Double voxelSpacing) {
        if (curve != null && curve.isCurrentFor(points)) {
            return curve;
        }
        double step = voxelSpacing != null && voxelSpacing > 0 && Double.isFinite(voxelSpacing)
                ? voxelSpacing
                : points.medianGap();
        if (!(step > 0)) {
            throw new IllegalArgumentException("cannot derive a step: most points are equal; give a voxel spacing");
        }
        return Curve.fit(points, step / 2, step);
    }

    /** Returns whether the curve is of a known kind and no longer describes the points. */
    boolean hasStaleCurve() {
        return curve != null && curve.isKnown() && !curve.isCurrentFor(points);
    }

    /**
     * {@return this filament with another curve}
     *
     * @param curve the curve, or null for none; whether it describes the points is not checked
     */
    public Filament withCurve(@Nullable Curve curve) {
        return new Filament(instanceId, points, polarityKnown, score, radius, metadata, curve, unknown);
    }

    void write(JsonOutput out) throws IOException {
        JsonGenerator json = out.json;
        json.writeStartObject();
        json.writeNumberField("instance_id", instanceId);
        json.writeFieldName("points");
        points.write(out);
        json.writeBooleanField("polarity_known", polarityKnown);
        out.field("score", (Double) score);
        out.field("radius", radius);
        json.writeObjectFieldStart("metadata");
        out.fields(metadata);
        json.writeEndObject();
        json.writeFieldName("curve");
        if (curve == null) {
            json.writeNull();
        } else {
            curve.write(out);
        }
        out.unknown(unknown);
        json.writeEndObject();
    }
}
