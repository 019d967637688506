package org.copick.picks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/**
 * The editable or fitted curve from which a filament's points were generated. Immutable.
 *
 * <p>Curves of an unknown kind are kept unchanged.
 *
 * @param kind {@link #CATMULL_ROM}, {@link #LINEAR}, {@link #BSPLINE}, or a kind that this version cannot evaluate
 * @param controlPoints the control points in Å; for a B-spline its coefficients
 * @param step the distance of generated points along the curve, in Å
 * @param alpha the parameterisation of a Catmull-Rom curve, 0 to 1; null becomes 0.5 for such a curve
 * @param degree the degree of a B-spline, 1 to 5
 * @param knots the clamped knots of a B-spline
 * @param smoothing the smoothing factor of the fit, not negative; informational only
 * @param unknown further keys of the curve's JSON object, which Python keeps too
 */
public record Curve(
        String kind,
        Polyline controlPoints,
        double step,
        @Nullable Double alpha,
        @Nullable Long degree,
        @Nullable List<Double> knots,
        @Nullable Double smoothing,
        Map<String, @Nullable Object> unknown) {
    /** The kind of Catmull-Rom curves, which pass through their control points. */
    public static final String CATMULL_ROM = "catmull-rom";

    /** The kind of straight segments between control points. */
    public static final String LINEAR = "linear";

    /** The kind of B-splines, stored exactly. */
    public static final String BSPLINE = "bspline";

    static final Set<String> KEYS = Set.of("kind", "control_points", "step", "alpha", "degree", "knots", "smoothing");

    private static final double DEFAULT_ALPHA = 0.5;
    private static final int MAX_DEGREE = 5;
    private static final double CURRENT_FRACTION = 0.01;

    /**
     * Checks the values.
     *
     * @param kind any text but the empty one; the following rules name the kinds that they apply to
     * @param controlPoints two or more, finite, neighbours more than 10⁻⁶ Å apart; for a B-spline more than its degree,
     *     finite; unknown kinds may have any
     * @param step above 0; finite for known kinds
     * @param alpha 0 to 1, or null for 0.5, for a Catmull-Rom curve; not checked for others
     * @param degree 1 to 5 for a B-spline; not checked for others, which may have null
     * @param knots for a B-spline as many as control points plus degree plus 1, finite and not decreasing; the first
     *     and the last come exactly degree + 1 times, others at most degree times; not checked for other kinds, which
     *     may have null
     * @param smoothing not negative, or null
     * @param unknown plain JSON values under other keys than those that copick knows; copied
     * @throws IllegalArgumentException if a value breaks a rule of Python's model or of the curve's kind
     */
    public Curve {
        Objects.requireNonNull(controlPoints, "controlPoints");
        unknown = FreeFormJson.copy(unknown, KEYS);
        knots = knots == null ? null : List.copyOf(knots);
        check(!kind.isEmpty(), "the kind of a curve is empty");
        check(step > 0, "step must be above 0, not " + step);
        check(smoothing == null || smoothing >= 0, "smoothing must not be negative, but is " + smoothing);
        if (isKnown(kind)) {
            check(Double.isFinite(step), "step must be finite");
            check(controlPoints.isFinite(), "control_points must be finite");
        }
        switch (kind) {
            case CATMULL_ROM -> {
                alpha = alpha == null ? (Double) DEFAULT_ALPHA : alpha;
                check(alpha >= 0 && alpha <= 1, "alpha must be between 0 and 1, not " + alpha);
                checkGaps(controlPoints);
            }
            case LINEAR -> checkGaps(controlPoints);
            case BSPLINE -> {
                if (degree == null || knots == null) {
                    throw new IllegalArgumentException("a bspline needs degree and knots");
                }
                check(degree >= 1 && degree <= MAX_DEGREE, "degree must be 1 to " + MAX_DEGREE + ", not " + degree);
                checkKnots(degree.intValue(), controlPoints.size(), knots);
            }
            default -> {} // curves of unknown kinds are kept unchecked
        }
    }

    /**
     * Creates a Catmull-Rom curve.
     *
     * @param controlPoints two or more points in Å
     * @param step the distance of generated points along the curve, in Å
     * @param alpha the parameterisation, 0 to 1; usually 0.5, which makes the curve centripetal
     * @return the curve
     * @throws IllegalArgumentException if a value breaks its rule
     */
    public static Curve catmullRom(Polyline controlPoints, double step, double alpha) {
        return new Curve(CATMULL_ROM, controlPoints, step, alpha, null, null, null, Map.of());
    }

    /**
     * Creates a curve of straight segments.
     *
     * @param controlPoints two or more points in Å
     * @param step the distance of generated points along the curve, in Å
     * @return the curve
     * @throws IllegalArgumentException if a value breaks its rule
     */
    public static Curve linear(Polyline controlPoints, double step) {
        return new Curve(LINEAR, controlPoints, step, null, null, null, null, Map.of());
    }

    /**
     * Creates a clamped B-spline.
     *
     * @param coefficients the coefficients in Å, more than the degree
     * @param step the distance of generated points along the curve, in Å
     * @param degree the degree, 1 to 5
     * @param knots the knots, of which the first and the last come exactly degree + 1 times
     * @return the curve
     * @throws IllegalArgumentException if a value breaks its rule
     */
    public static Curve bspline(Polyline coefficients, double step, int degree, List<Double> knots) {
        Objects.requireNonNull(coefficients, "coefficients");
        return new Curve(BSPLINE, coefficients, step, null, (long) degree, knots, null, Map.of());
    }

    /** {@return whether {@link #kind} is one of the three that copick defines} */
    public boolean isKnown() {
        return isKnown(kind);
    }

    /**
     * Fits a Catmull-Rom curve to points, so that every point is within {@code tolerance} of it.
     *
     * <p>The curve passes through some of the points: the ends, and then repeatedly the point farthest from the curve.
     * Points within 10⁻⁶ Å of the previous one are skipped.
     *
     * @param points x, y, z each, in Å
     * @param tolerance the largest distance of a point from the curve, in Å
     * @param step the step of the curve, in Å
     * @return the curve, with the parameterisation 0.5
     * @throws IllegalArgumentException if tolerance or step are not above 0 and finite, or the points are not finite,
     *     all equal, closed (the last equals the first), or too far apart for the tolerance
     */
    public static Curve fit(Polyline points, double tolerance, double step) {
        return catmullRom(points.select(CurveFit.indices(points, tolerance)), step, CurveFit.ALPHA);
    }

    /**
     * {@return points along the curve, at most {@link #step} apart, each x, y, z in Å}
     *
     * <p>Every anchor is one of them.
     *
     * @throws UnsupportedFeatureException if the kind is unknown
     * @throws IllegalArgumentException if there would be more than 1 000 000 points, a coordinate does not fit a
     *     double, or a B-spline has no length
     */
    public Polyline evaluate() {
        return CurveSampling.evaluate(
                switch (kind) {
                    case CATMULL_ROM -> CatmullRom.pieces(controlPoints, alpha == null ? DEFAULT_ALPHA : alpha);
                    case LINEAR -> LinearPiece.pieces(controlPoints);
                    case BSPLINE -> spline().pieces();
                    default -> throw unknownKind();
                },
                step);
    }

    /**
     * {@return the points that the curve passes through, in order}
     *
     * <p>These are its control points, or for a B-spline its points at the distinct knots.
     *
     * @throws UnsupportedFeatureException if the kind is unknown
     */
    public Polyline anchors() {
        return switch (kind) {
            case CATMULL_ROM, LINEAR -> controlPoints;
            case BSPLINE -> spline().anchors();
            default -> throw unknownKind();
        };
    }

    /**
     * {@return whether the curve still describes these points}
     *
     * <p>It does if its first and last anchor are within a hundredth of {@link #step} of the first and last point, and
     * every anchor is within that distance of the line through the points. A vertex that was moved between two anchors
     * is not noticed. A curve of an unknown kind is never current.
     *
     * @param points the points of a filament
     */
    public boolean isCurrentFor(Polyline points) {
        if (!isKnown() || points.size() < 2 || !points.isFinite()) {
            return false;
        }
        Polyline anchors = anchors();
        double most = CURRENT_FRACTION * step;
        return anchors.gap(0, points, 0) <= most
                && anchors.gap(anchors.size() - 1, points, points.size() - 1) <= most
                && new PolylineIndex(points).isWithin(anchors, most);
    }

    /**
     * {@return this curve in the opposite direction, with control points and knots reversed and everything else kept}
     *
     * @throws UnsupportedFeatureException if the kind is unknown, because other keys may then depend on the direction
     * @throws IllegalArgumentException if rounding makes knots of a B-spline equal that were very close
     */
    public Curve reversed() {
        if (!isKnown()) {
            throw unknownKind();
        }
        return new Curve(kind, controlPoints.reversed(), step, alpha, degree, reversed(knots), smoothing, unknown);
    }

    private static @Nullable List<Double> reversed(@Nullable List<Double> knots) {
        if (knots == null || knots.isEmpty()) {
            return knots;
        }
        int last = knots.size() - 1;
        double sum = knots.get(0) + knots.get(last);
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> sum - knots.get(last - i))
                .toList();
    }

    private BSpline spline() {
        if (degree == null || knots == null) {
            throw new IllegalStateException("a bspline has degree and knots");
        }
        return new BSpline(controlPoints, degree.intValue(), knots);
    }

    private UnsupportedFeatureException unknownKind() {
        return new UnsupportedFeatureException("this version does not know the curve kind '" + kind + "', only "
                + String.join(", ", CATMULL_ROM, LINEAR, BSPLINE));
    }

    private static boolean isKnown(String kind) {
        return kind.equals(CATMULL_ROM) || kind.equals(LINEAR) || kind.equals(BSPLINE);
    }

    void write(JsonOutput out) throws IOException {
        JsonGenerator json = out.json;
        json.writeStartObject();
        out.field("kind", kind);
        json.writeFieldName("control_points");
        controlPoints.write(out);
        out.field("step", (Double) step);
        if (alpha != null) {
            out.field("alpha", alpha);
        }
        if (degree != null) {
            json.writeNumberField("degree", degree);
        }
        if (knots != null) {
            json.writeArrayFieldStart("knots");
            for (double knot : knots) {
                out.number(knot);
            }
            json.writeEndArray();
        }
        if (smoothing != null) {
            out.field("smoothing", smoothing);
        }
        out.curveFields(unknown);
        json.writeEndObject();
    }

    private static void checkGaps(Polyline points) {
        check(points.size() >= 2, "control_points must be two or more, not " + points.size());
        for (int i = 0; i + 1 < points.size(); i++) {
            if (!points.areApart(i, i + 1)) {
                throw new IllegalArgumentException("control_points " + i + " and " + (i + 1) + " coincide");
            }
        }
    }

    private static void checkKnots(int degree, int points, List<Double> knots) {
        check(points > degree, "degree " + degree + " needs " + (degree + 1) + " control_points, not " + points);
        int n = knots.size();
        check(n == points + degree + 1, (points + degree + 1) + " knots are needed, not " + n);
        int multiplicity = 0;
        for (int i = 0; i < n; i++) {
            double knot = knots.get(i);
            check(Double.isFinite(knot), "knots must be finite");
            check(i == 0 || knot >= knots.get(i - 1), "knots must not decrease");
            multiplicity = i > 0 && knot == knots.get(i - 1) ? multiplicity + 1 : 1;
            boolean last = i == n - 1 || knots.get(i + 1) != knot;
            if (last) {
                boolean end = i == n - 1 || i + 1 == multiplicity;
                check(
                        end ? multiplicity == degree + 1 : multiplicity <= degree,
                        end
                                ? "the first and the last knot must each come exactly " + (degree + 1) + " times"
                                : "an interior knot may come at most " + degree + " times");
            }
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
