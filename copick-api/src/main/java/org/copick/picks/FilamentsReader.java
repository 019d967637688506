package org.copick.picks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one filaments document. Ranges are checked by the values themselves, types and presence here. */
final class FilamentsReader {
    private final LaxReader in;

    private FilamentsReader(LaxReader in) {
        this.in = in;
    }

    static FilamentsDocument read(byte[] json, String location) {
        return LaxReader.parse(json, location, in -> new FilamentsReader(in).document());
    }

    private FilamentsDocument document() throws IOException {
        DocumentFields fields = new DocumentFields();
        in.object(fields::read);
        Header header = fields.header.finish();
        try {
            return new FilamentsDocument(header, fields.version, fields.filaments, fields.unknown);
        } catch (IllegalArgumentException e) {
            throw in.error(e);
        }
    }

    private final class DocumentFields {
        final Header.Reader header = new Header.Reader(in);
        final Map<String, @Nullable Object> unknown = new LinkedHashMap<>();
        final List<Filament> filaments = new ArrayList<>();
        long version = FilamentsDocument.VERSION;

        void read(String key) throws IOException {
            if (header.read(key)) {
                return;
            }
            if (key.equals("version")) {
                version = in.integer();
            } else if (key.equals("filaments")) {
                filaments.clear();
                in.array(() -> filaments.add(filament()));
            } else {
                unknown.put(key, in.value());
            }
        }
    }

    private Filament filament() throws IOException {
        FilamentFields fields = new FilamentFields();
        in.object(fields::read);
        if (fields.instanceId == null) {
            throw in.missing("instance_id");
        }
        if (fields.points == null) {
            throw in.missing("points");
        }
        try {
            return new Filament(
                    fields.instanceId,
                    fields.points,
                    fields.polarityKnown,
                    fields.score,
                    fields.radius,
                    fields.metadata,
                    fields.curve,
                    fields.unknown);
        } catch (IllegalArgumentException e) {
            throw in.error(e);
        }
    }

    private final class FilamentFields {
        final Map<String, @Nullable Object> unknown = new LinkedHashMap<>();

        @Nullable Long instanceId;

        @Nullable Polyline points;

        boolean polarityKnown;
        double score = 1;

        @Nullable Double radius;

        Map<String, @Nullable Object> metadata = Map.of();

        @Nullable Curve curve;

        void read(String key) throws IOException {
            switch (key) {
                case "instance_id" -> instanceId = in.integer();
                case "points" -> points = polyline();
                case "polarity_known" -> polarityKnown = in.truth();
                case "score" -> score = in.number();
                case "radius" -> radius = in.numberOrNull();
                case "metadata" -> metadata = in.isNull() ? Map.of() : object();
                case "curve" -> curve = in.isNull() ? null : curve();
                default -> unknown.put(key, in.value());
            }
        }
    }

    private Curve curve() throws IOException {
        CurveFields fields = new CurveFields();
        in.object(fields::read);
        if (fields.kind == null) {
            throw in.missing("kind");
        }
        if (fields.controlPoints == null) {
            throw in.missing("control_points");
        }
        if (fields.step == null) {
            throw in.missing("step");
        }
        try {
            return new Curve(
                    fields.kind,
                    fields.controlPoints,
                    fields.step,
                    fields.alpha,
                    fields.degree,
                    fields.knots,
                    fields.smoothing,
                    fields.unknown);
        } catch (IllegalArgumentException e) {
            throw in.error(e);
        }
    }

    private final class CurveFields {
        final Map<String, @Nullable Object> unknown = new LinkedHashMap<>();

        @Nullable String kind;

        @Nullable Polyline controlPoints;

        @Nullable Double step;

        @Nullable Double alpha;

        @Nullable Long degree;

        @Nullable List<Double> knots;

        @Nullable Double smoothing;

        void read(String key) throws IOException {
            switch (key) {
                case "kind" -> kind = in.string();
                case "control_points" -> controlPoints = polyline();
                case "step" -> step = in.number();
                case "alpha" -> alpha = in.numberOrNull();
                case "degree" -> degree = in.isNull() ? null : (Long) in.integer();
                case "knots" -> knots = in.isNull() ? null : numbers();
                case "smoothing" -> smoothing = in.numberOrNull();
                default -> unknown.put(key, in.value());
            }
        }
    }

    private Polyline polyline() throws IOException {
        Coordinates coordinates = new Coordinates();
        in.array(coordinates::readPoint);
        return Polyline.of(Arrays.copyOf(coordinates.xyz, coordinates.length));
    }

    private final class Coordinates {
        double[] xyz = new double[48];
        int length;

        void readPoint() throws IOException {
            if (length == xyz.length) {
                xyz = Arrays.copyOf(xyz, Math.multiplyExact(2, length));
            }
            in.numbers(xyz, length, 3);
            length += 3;
        }
    }

    private List<Double> numbers() throws IOException {
        List<Double> numbers = new ArrayList<>();
        in.array(() -> numbers.add(in.number()));
        return numbers;
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        in.object(key -> object.put(key, in.value()));
        return object;
    }
}
