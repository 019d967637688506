package org.copick.picks;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Points stored as columns. Immutable.
 *
 * <p>A column is absent if every value is the default, so equal points have equal columns and a million plain
 * locations take 24 MB.
 */
final class PointColumns {
    static final PointColumns EMPTY = new Builder(0).build();

    private static final int MIN_CAPACITY = 16;
    private static final String[] AXES = {"x", "y", "z"};

    final int size;
    private final double[] xyz;
    private final double @Nullable [] transforms;
    private final long @Nullable [] ids;
    private final double @Nullable [] scores;
    private final BitSet nullIds;
    private final BitSet nullScores;
    private final Map<Integer, Map<String, @Nullable Object>> unknown;

    private PointColumns(Builder from) {
        size = from.size;
        xyz = trimmed(from.xyz, 3 * size);
        transforms = from.transforms == null ? null : trimmed(from.transforms, Transform.LENGTH * size);
        ids = from.ids == null || from.ids.length == size ? from.ids : Arrays.copyOf(from.ids, size);
        scores = from.scores == null ? null : trimmed(from.scores, size);
        nullIds = from.nullIds;
        nullScores = from.nullScores;
        unknown = from.unknown;
    }

    private static double[] trimmed(double[] column, int length) {
        return column.length == length ? column : Arrays.copyOf(column, length);
    }

    /** Creates columns by the rules of Python's {@code from_numpy}: ids are not negative and scores are finite. */
    static PointColumns of(
            double[] xyz, double @Nullable [] transforms, long @Nullable [] ids, double @Nullable [] scores) {
        if (xyz.length % 3 != 0) {
            throw new IllegalArgumentException("positions need three coordinates each, but there are " + xyz.length);
        }
        int n = xyz.length / 3;
        checkCount(n, "transforms", transforms == null ? n : transforms.length / (double) Transform.LENGTH);
        checkCount(n, "instance ids", ids == null ? n : ids.length);
        checkCount(n, "scores", scores == null ? n : scores.length);
        Builder columns = new Builder(n);
        for (int i = 0; i < n; i++) {
            columns.add(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]);
            if (transforms != null) {
                Transform.check(transforms, Transform.LENGTH * i);
                columns.transform(transforms, Transform.LENGTH * i);
            }
            if (ids != null) {
                if (ids[i] < 0) {
                    throw new IllegalArgumentException("instance id " + ids[i] + " of point " + i + " is negative");
                }
                columns.id(ids[i]);
            }
            if (scores != null) {
                if (!Double.isFinite(scores[i])) {
                    throw new IllegalArgumentException("score " + scores[i] + " of point " + i + " is not finite");
                }
                columns.score(scores[i]);
            }
        }
        return columns.build();
    }

    private static void checkCount(int points, String what, double count) {
        if (count != points) {
            throw new IllegalArgumentException(points + " points, but " + what + " for " + count);
        }
    }

    Point point(int i) {
        Objects.checkIndex(i, size);
        return new Point(
                xyz[3 * i],
                xyz[3 * i + 1],
                xyz[3 * i + 2],
                transforms == null ? Transform.IDENTITY : Transform.copyAt(transforms, Transform.LENGTH * i),
                nullIds.get(i) ? null : (Long) id(i),
                nullScores.get(i) ? null : (Double) score(i),
                unknown(i));
    }

    /** Writes one point. */
    void write(int i, JsonOutput out) throws IOException {
        JsonGenerator json = out.json;
        json.writeStartObject();
        json.writeObjectFieldStart("location");
        for (int axis = 0; axis < 3; axis++) {
            json.writeFieldName(AXES[axis]);
            out.number(xyz[3 * i + axis]);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("transformation_");
        for (int row = 0; row < 4; row++) {
            json.writeStartArray();
            for (int column = 0; column < 4; column++) {
                out.number(
                        transforms != null
                                ? transforms[Transform.LENGTH * i + 4 * row + column]
                                : row == column ? 1 : 0);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeFieldName("instance_id");
        if (nullIds.get(i)) {
            json.writeNull();
        } else {
            json.writeNumber(id(i));
        }
        json.writeFieldName("score");
        if (nullScores.get(i)) {
            json.writeNull();
        } else {
            out.number(score(i));
        }
        out.unknown(unknown(i));
        json.writeEndObject();
    }

    private long id(int i) {
        return ids == null ? 0 : ids[i];
    }

    private double score(int i) {
        return scores == null ? 1 : scores[i];
    }

    private Map<String, @Nullable Object> unknown(int i) {
        return unknown.isEmpty() ? Map.of() : unknown.getOrDefault(i, Map.of());
    }

    double[] positions() {
        return xyz.clone();
    }

    double[] fullPositions() {
        double[] full = positions();
        if (transforms != null) {
            for (int i = 0; i < full.length; i++) {
                full[i] += transforms[Transform.LENGTH * (i / 3) + 4 * (i % 3) + 3];
            }
        }
        return full;
    }

    double[] transforms() {
        if (transforms != null) {
            return transforms.clone();
        }
        double[] identities = new double[Math.multiplyExact(Transform.LENGTH, size)];
        fillIdentity(identities, 0);
        return identities;
    }

    OptionalInt firstNotFinite() {
        for (int i = 0; i < size; i++) {
            if (!isFinite(xyz, 3 * i, 3)
                    || (transforms != null && !isFinite(transforms, Transform.LENGTH * i, Transform.LENGTH))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isFinite(double[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (!Double.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }

    long[] ids() {
        return ids == null ? new long[size] : ids.clone();
    }

    double[] scores() {
        if (scores != null) {
            return scores.clone();
        }
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void fillIdentity(double[] transforms, int from) {
        for (int i = from; i < transforms.length; i += Transform.LENGTH) {
            Transform.IDENTITY.copyTo(transforms, i);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointColumns that
                && Arrays.equals(xyz, that.xyz)
                && Arrays.equals(transforms, that.transforms)
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(scores, that.scores)
                && nullIds.equals(that.nullIds)
                && nullScores.equals(that.nullScores)
                && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(size, Arrays.hashCode(xyz), Arrays.hashCode(ids), Arrays.hashCode(scores));
    }

    /** Collects points; can be used once. Each setter applies to the last point added and may be called once for it. */
    static final class Builder {
        private int capacity;
        private int size;
        private double[] xyz;
        private double @Nullable [] transforms;
        private long @Nullable [] ids;
        private double @Nullable [] scores;
        private final BitSet nullIds = new BitSet();
        private final BitSet nullScores = new BitSet();
        private final Map<Integer, Map<String, @Nullable Object>> unknown = new HashMap<>();

        /**
         * Creates a builder.
         *
         * @param expected the number of points to reserve space for; more can be added
         */
        Builder(int expected) {
            capacity = expected;
            xyz = new double[Math.multiplyExact(3, expected)];
        }

        void add(double x, double y, double z) {
            if (size == capacity) {
                grow();
            }
            xyz[3 * size] = x;
            xyz[3 * size + 1] = y;
            xyz[3 * size + 2] = z;
            size++;
        }

        void add(Point point) {
            add(point.x(), point.y(), point.z());
            if (!point.transform().isIdentity()) {
                point.transform().copyTo(transformColumn(), lastTransform());
            }
            if (point.instanceId() == null) {
                nullIds.set(size - 1);
            } else {
                id(point.instanceId());
            }
            if (point.score() == null) {
                nullScores.set(size - 1);
            } else {
                score(point.score());
            }
            unknown(point.unknown());
        }

        void transform(double[] elements, int offset) {
            if (!Transform.isIdentity(elements, offset)) {
                System.arraycopy(elements, offset, transformColumn(), lastTransform(), Transform.LENGTH);
            }
        }

        private int lastTransform() {
            return Transform.LENGTH * (size - 1);
        }

        private double[] transformColumn() {
            if (transforms == null) {
                transforms = new double[Math.multiplyExact(Transform.LENGTH, capacity)];
                fillIdentity(transforms, 0);
            }
            return transforms;
        }

        void id(long id) {
            if (id == 0) {
                return;
            }
            if (ids == null) {
                ids = new long[capacity];
            }
            ids[size - 1] = id;
        }

        void nullId() {
            nullIds.set(size - 1);
        }

        void score(double score) {
            if (score == 1) {
                return;
            }
            if (scores == null) {
                scores = new double[capacity];
                Arrays.fill(scores, 1);
            }
            scores[size - 1] = score;
        }

        void nullScore() {
            nullScores.set(size - 1);
        }

        void unknown(Map<String, @Nullable Object> fields) {
            if (!fields.isEmpty()) {
                unknown.put(size - 1, fields);
            }
        }

        private void grow() {
            capacity = Math.max(MIN_CAPACITY, Math.addExact(capacity, capacity >> 1));
            xyz = Arrays.copyOf(xyz, Math.multiplyExact(3, capacity));
            if (transforms != null) {
                int old = transforms.length;
                transforms = Arrays.copyOf(transforms, Math.multiplyExact(Transform.LENGTH, capacity));
                fillIdentity(transforms, old);
            }
            if (ids != null) {
                ids = Arrays.copyOf(ids, capacity);
            }
            if (scores != null) {
                int old = scores.length;
                scores = Arrays.copyOf(scores, capacity);
                Arrays.fill(scores, old, capacity, 1);
            }
        }

        PointColumns build() {
            return new PointColumns(this);
        }
    }
}
