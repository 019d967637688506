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
 * The points that one user or tool picked of one object in one run: a file of {@code Picks/}.
 *
 * <p>Points are kept in columns, so a million of them need 24 MB, plus 128 MB when they have orientations; {@link #point}
 * and {@link #points} make objects as they are asked for. A point takes 600 to 900 bytes in a file.
 *
 * <p>Keys that copick does not know are kept for the document and for each point (Python drops them); inside a
 * {@code location} they are dropped.
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

    /** A document without points, as Python's {@code new_picks} writes it. */
    public static PicksDocument empty(String objectName, String userId, String sessionId, @Nullable String runName) {
        Objects.requireNonNull(objectName, "objectName");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(userId, "userId");
        return new PicksDocument(Header.of(objectName, userId, sessionId, runName), PointColumns.EMPTY, true, Map.of());
    }

    /**
     * Reads a stored document by the rules of Python's model: numbers may stand in strings, a whole float may be an
     * instance id, missing keys take their defaults, {@code "points": null} means none, and the last of two equal keys
     * counts (the first must be valid too). Instance ids are exact over the whole 64 bits. A byte order mark is
     * refused, as in Python.
     *
     * @param json the file's bytes, UTF-8
     * @param location where they are from, for messages
     * @throws org.copick.error.CorruptDataException when the model would refuse it, or an instance id needs more than
     *     64 bits, a number more than 1000 digits, a string more than 16 Mi characters or more than 200 levels are
     *     nested
     */
    public static PicksDocument parse(byte[] json, String location) {
        Objects.requireNonNull(location, "location");
        return PicksReader.read(json, location);
    }

    /** Whether the rotations mean something, where the file says it. */
    public Optional<Boolean> trustOrientation() {
        return Optional.ofNullable(trustOrientation);
    }

    /** The number of points. */
    public int size() {
        return points.size;
    }

    /**
     * The point of this index, counted from 0 in the file's order.
     *
     * @throws IndexOutOfBoundsException when there is no such point
     */
    public Point point(int index) {
        return points.point(index);
    }

    /** All points, as an unmodifiable list that makes each when it is asked for. */
    public List<Point> points() {
        return new PointList(points);
    }

    /** Locations as x, y, z in Å, point after point; a new array of 3 × {@link #size}. */
    public double[] positions() {
        return points.positions();
    }

    /** Particle centres, that is location plus the transform's shift, as {@link #positions}. */
    public double[] fullPositions() {
        return points.fullPositions();
    }

    /** Transforms, each 4×4 row-major, point after point; a new array of 16 × {@link #size}. */
    public double[] transforms() {
        return points.transforms();
    }

    /** Instance ids, with 0 where the file says null; a new array. */
    public long[] instanceIds() {
        return points.ids();
    }

    /** Scores, with 1 where the file says null; a new array. */
    public double[] scores() {
        return points.scores();
    }

    /** The index of the first point whose location or transform is not finite. Stored documents may hold such. */
    public OptionalInt firstNotFinite() {
        return points.firstNotFinite();
    }

    /** Says where the first point is whose location or transform is not finite, as in "point 3 is at NaN, 1.0, 2.0". */
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

    /** This document with other points. */
    public PicksDocument withPoints(List<Point> points) {
        PointColumns.Builder columns = new PointColumns.Builder(points.size());
        for (Point point : points) {
            columns.add(point);
        }
        return withColumns(columns.build());
    }

    /**
     * This document with other points, unrotated, of instance 0 and score 1.
     *
     * @param xyz locations as x, y, z in Å, point after point
     */
    public PicksDocument withPoints(double[] xyz) {
        return withPoints(xyz, null, null, null);
    }

    /**
     * This document with other points, by the rules of Python's {@code from_numpy}. The arrays are copied.
     *
     * @param xyz locations as x, y, z in Å, point after point
     * @param transforms 16 elements a point, row-major; null for none
     * @param instanceIds one a point, 0 or more; null for all 0
     * @param scores one a point, finite; null for all 1
     * @throws IllegalArgumentException when lengths disagree or a value is not allowed
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

    /** This document with this statement about its rotations; true is copick's default. */
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
