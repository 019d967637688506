package org.copick.picks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a picks document, point by point into columns. */
final class PicksReader {
    private static final int SMALLEST_POINT = "{\"location\":{\"x\":0,\"y\":0,\"z\":0}},".length();
    private static final byte[] LOCATION = {'"', 'l', 'o', 'c', 'a', 't', 'i', 'o', 'n', '"'};
    /** Number of bytes in which points are counted. Later points may be shorter by the margin. */
    private static final int SAMPLE = 1 << 18;

    private static final double MARGIN = 17 / 16.0;
    private static final int X = 1;
    private static final int Y = 2;
    private static final int Z = 4;

    private final LaxReader in;
    private final Header.Reader header;
    private int expectedPoints;
    private final Map<String, @Nullable Object> unknown = new LinkedHashMap<>();
    private PointColumns.Builder points = new PointColumns.Builder(0);
    private boolean trustOrientation = true;
    private boolean trustOrientationIsNull;

    // fields of the point being read
    private final LaxReader.FieldReader pointField = this::pointField;
    private final LaxReader.FieldReader locationField = this::locationField;
    private final double[] transform = new double[Transform.LENGTH];
    private boolean hasLocation;
    private int coordinatesSeen;
    private double x;
    private double y;
    private double z;
    private boolean hasTransform;
    private int transformRows;
    private long id;
    private boolean idIsNull;
    private double score;
    private boolean scoreIsNull;
    private Map<String, @Nullable Object> pointUnknown = Map.of();

    private PicksReader(LaxReader in, int expectedPoints) {
        this.in = in;
        this.expectedPoints = expectedPoints;
        header = new Header.Reader(in);
    }

    static PicksDocument read(byte[] json, String location) {
        return LaxReader.parse(json, location, in -> new PicksReader(in, estimatePoints(json)).document());
    }

    /**
     * Estimates the number of points by the names of locations in the first part of the document. Looking at all bytes
     * takes a third as long as reading them. A wrong estimate costs only memory.
     */
    private static int estimatePoints(byte[] json) {
        int seen = Math.min(json.length, SAMPLE);
        int count = 0;
        for (int i = 0; i <= seen - LOCATION.length; i++) {
            if (json[i] == '"' && Arrays.equals(json, i, i + LOCATION.length, LOCATION, 0, LOCATION.length)) {
                count++;
                i += LOCATION.length - 1;
            }
        }
        long all = seen == json.length ? count : Math.round((double) count * json.length / seen * MARGIN);
        return (int) Math.min(all, json.length / SMALLEST_POINT);
    }

    private PicksDocument document() throws IOException {
        in.object(key -> {
            if (header.read(key)) {
                return;
            }
            if (key.equals("points")) {
                points = new PointColumns.Builder(expectedPoints);
                expectedPoints = 0; // so that repeating the key costs no memory
                if (!in.isNull()) {
                    in.array(this::point);
                }
            } else if (key.equals("trust_orientation")) {
                trustOrientationIsNull = in.isNull();
                trustOrientation = trustOrientationIsNull || in.truth();
            } else {
                unknown.put(key, in.value());
            }
        });
        return new PicksDocument(
                header.finish(),
                points.build(),
                trustOrientationIsNull ? null : (Boolean) trustOrientation,
                Collections.unmodifiableMap(unknown));
    }

    private void point() throws IOException {
        hasLocation = false;
        hasTransform = false;
        id = 0;
        idIsNull = false;
        score = 1;
        scoreIsNull = false;
        pointUnknown = Map.of();
        in.object(pointField);
        if (!hasLocation) {
            throw in.missing("location");
        }
        points.add(x, y, z);
        if (hasTransform) {
            points.transform(transform, 0);
        }
        if (idIsNull) {
            points.nullId();
        } else {
            points.id(id);
        }
        if (scoreIsNull) {
            points.nullScore();
        } else {
            points.score(score);
        }
        points.unknown(pointUnknown);
    }

    private void pointField(String key) throws IOException {
        switch (key) {
            case "location" -> location();
            case "transformation_" -> transform();
            case "instance_id" -> {
                idIsNull = in.isNull();
                id = idIsNull ? 0 : in.integer();
            }
            case "score" -> {
                scoreIsNull = in.isNull();
                score = scoreIsNull ? 1 : in.number();
            }
            default -> {
                if (pointUnknown.isEmpty()) {
                    pointUnknown = new LinkedHashMap<>();
                }
                pointUnknown.put(key, in.value());
            }
        }
    }

    private void location() throws IOException {
        coordinatesSeen = 0;
        in.object(locationField);
        if (coordinatesSeen != (X | Y | Z)) {
            throw in.missing((coordinatesSeen & X) == 0 ? "x" : (coordinatesSeen & Y) == 0 ? "y" : "z");
        }
        hasLocation = true;
    }

    private void locationField(String key) throws IOException {
        switch (key) {
            case "x" -> {
                x = in.number();
                coordinatesSeen |= X;
            }
            case "y" -> {
                y = in.number();
                coordinatesSeen |= Y;
            }
            case "z" -> {
                z = in.number();
                coordinatesSeen |= Z;
            }
            default -> in.skip();
        }
    }

    private void transform() throws IOException {
        transformRows = 0;
        in.array(this::transformRow);
        if (transformRows != 4) {
            throw in.error("expected 4 rows, found " + transformRows);
        }
        try {
            Transform.check(transform, 0);
        } catch (IllegalArgumentException e) {
            throw in.error(e);
        }
        hasTransform = true;
    }

    private void transformRow() throws IOException {
        if (transformRows == 4) {
            throw in.error("expected only 4 rows");
        }
        in.numbers(transform, 4 * transformRows++, 4);
    }
}
