package org.copick.picks;

import java.io.IOException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The points that one user or tool picked of one object in one run: a file in {@code Picks/}.
 *
 * <p>Points are stored in columns: a million of them need 24 MB, plus 128 MB if they have orientations. {@link #point}
 * and {@link #points} create objects on demand. In a file, a point takes 600 to 900 bytes.
 *
 * <p>Unknown keys are kept for the document and for each point (Python drops them); inside a {@code location} they are
 * dropped.
 */
public final class PicksDocument extends AnnotationDocument {
    private final PointColumns points;
    private final @Nullable Boolean trustOrientation;

    PicksDocument(
            Header header,
            PointColumns points,
            @Nullable Boolean trustOrientation,
            Map<String, @Nullable Object> unknown) {
        super(header, unknown);
        this.points = points;
        this.trustOrientation = trustOrientation;
    }

    /**
     * {@return a document without points, as Python's {@code new_picks} writes it}
     *
     * @param objectName the annotated object's name
     * @param userId the user, or the tool's name
     * @param sessionId the session; {@code 0} for a tool
     * @param runName the run's name, or null for none
     */
    public static PicksDocument empty(String objectName, String userId, String sessionId, @Nullable String runName) {
        Objects.requireNonNull(objectName, "objectName");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(userId, "userId");
        return new PicksDocument(Header.of(objectName, userId, sessionId, runName), PointColumns.EMPTY, true, Map.of());
    }

    /**
     * Reads a stored document by the rules of Python's model.
     *
     * <p>Numbers may be in strings, a float without a fraction may be an instance id, missing keys get their defaults,
     * and {@code "points": null} stands for no points. If a key is repeated, the last value counts, but the first must
     * be valid too. Instance ids are exact over all 64 bits. A byte order mark is refused, as in Python.
     *
     * @param json the file's bytes, UTF-8
     * @param location the source of the bytes, for messages
     * @return the document
     * @throws org.copick.error.CorruptDataException if the model would refuse the document, an instance id needs more
     *     than 64 bits, a number has more than 1000 digits, a string has more than 16 Mi characters, or values are
     *     nested more than 200 levels deep
     */
    public static PicksDocument parse(byte[] json, String location) {
        Objects.requireNonNull(location, "location");
        return PicksReader.read(json, location);
    }

    /** {@return whether the rotations are meaningful, if the file states it} */
    public Optional<Boolean> trustOrientation() {
        return Optional.ofNullable(trustOrientation);
    }

    /** {@return the number of points} */
    public int size() {
        return points.size;
    }

    /**
     * {@return one point}
     *
     * @param index the point's place in the file, counted from 0
     * @throws IndexOutOfBoundsException if there is no such point
     */
    public Point point(int index) {
        return points.point(index);
    }

    /** {@return all points, as an unmodifiable list that creates each point when it is accessed} */
    public List<Point> points() {
        return new PointList(points);
    }

    /** {@return the locations as x, y, z in Å, point after point, in a new array of 3 × {@link #size}} */
    public double[] positions() {
        return points.positions();
    }

    /**
     * {@return the particle centres, that is location plus the transform's shift, in the format of {@link #positions}}
     */
    public double[] fullPositions() {
        return points.fullPositions();
    }

    /** {@return the transforms, each 4×4 row-major, point after point, in a new array of 16 × {@link #size}} */
    public double[] transforms() {
        return points.transforms();
    }

    /** {@return the instance ids in a new array, with 0 for null} */
    public long[] instanceIds() {
        return points.ids();
    }

    /** {@return the scores in a new array, with 1 for null} */
    public double[] scores() {
        return points.scores();
    }

    /**
     * {@return the index of the first point whose location or transform is not finite, if there is one}
     *
     * <p>Stored documents may have such points.
     */
    public OptionalInt firstNotFinite() {
        return points.firstNotFinite();
    }

    /**
     * Describes the first point whose location or transform is not finite, as in "point 3 is at NaN, 1.0, 2.0".
     *
     * @return the description; empty if all points are finite
     */
    public Optional<String> notFinite() {
        OptionalInt first = firstNotFinite();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Point point = point(first.getAsInt());
        boolean isPlaced = Double.isFinite(point.x()) && Double.isFinite(point.y()) && Double.isFinite(point.z());
        return Optional.of(
                isPlaced
                        ? "the transform of point " + first.getAsInt() + " is "
                                + Arrays.toString(point.transform().toArray())
                        : "point " + first.getAsInt() + " is at " + point.x() + ", " + point.y() + ", " + point.z());
    }

    /**
     * {@return this document with other points}
     *
     * @param points the points, in file order; copied
     */
    public PicksDocument withPoints(List<Point> points) {
        PointColumns.Builder columns = new PointColumns.Builder(points.size());
        for (Point point : points) {
            columns.add(point);
        }
        return withColumns(columns.build());
    }

    /**
     * {@return this document with other points, unrotated, with instance 0 and score 1}
     *
     * @param xyz locations as x, y, z in Å, point after point
     * @throws IllegalArgumentException if the length is not a multiple of 3
     */
    public PicksDocument withPoints(double[] xyz) {
        return withPoints(xyz, null, null, null);
    }

    /**
     * {@return this document with other points, by the rules of Python's {@code from_numpy}} The arrays are copied.
     *
     * @param xyz locations as x, y, z in Å, point after point
     * @param transforms 16 elements per point, row-major; null for no transforms
     * @param instanceIds one per point, 0 or more; null for 0 everywhere
     * @param scores one per point, finite; null for 1 everywhere
     * @throws IllegalArgumentException if lengths do not match or a value is not allowed
     */
    public PicksDocument withPoints(
            double[] xyz, double @Nullable [] transforms, long @Nullable [] instanceIds, double @Nullable [] scores) {
        return withColumns(PointColumns.of(xyz, transforms, instanceIds, scores));
    }

    @Override
    public PicksDocument withIdentity(String objectName, String userId, String sessionId, @Nullable String runName) {
        return new PicksDocument(
                header.withIdentity(objectName, userId, sessionId, runName), points, trustOrientation, unknown);
    }

    @Override
    public PicksDocument withVoxelSpacing(@Nullable Double voxelSpacing) {
        return new PicksDocument(header.withVoxelSpacing(voxelSpacing), points, trustOrientation, unknown);
    }

    /**
     * {@return this document with another statement on whether its rotations are meaningful}
     *
     * @param trustOrientation true, copick's default, or false; null for no statement
     */
    public PicksDocument withTrustOrientation(@Nullable Boolean trustOrientation) {
        return new PicksDocument(header, points, trustOrientation, unknown);
    }

    private PicksDocument withColumns(PointColumns points) {
        return new PicksDocument(header, points, trustOrientation, unknown);
    }

    @Override
    void writeContents(JsonOutput out) throws IOException {
        out.json.writeArrayFieldStart("points");
        for (int i = 0; i < points.size; i++) {
            points.write(i, out);
        }
        out.json.writeEndArray();
        out.json.writeFieldName("trust_orientation");
        if (trustOrientation == null) {
            out.json.writeNull();
        } else {
            out.json.writeBoolean(trustOrientation);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PicksDocument that
                && header.equals(that.header)
                && points.equals(that.points)
                && Objects.equals(trustOrientation, that.trustOrientation)
                && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(header, points, trustOrientation, unknown);
    }

    @Override
    public String toString() {
        return "PicksDocument[" + header + ", " + points.size + " points]";
    }

    private static final class PointList extends AbstractList<Point> implements RandomAccess {
        private final PointColumns points;

        PointList(PointColumns points) {
            this.points = points;
        }

        @Override
        public Point get(int index) {
            return points.point(index);
        }

        @Override
        public int size() {
            return points.size;
        }
    }
}
