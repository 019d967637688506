package org.copick.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.copick.error.UnsupportedFeatureException;
import org.copick.picks.Point;
import org.jspecify.annotations.Nullable;

/** Converts points to particles. */
final class RelionWriter {
    /** The rotation to RELION's frames of filaments, row by row: 90° about y. */
    private static final double[] TO_FILAMENT_FRAME = {0, 0, 1, 0, 1, 0, -1, 0, 0};

    private static final double KNOWN_DIRECTION = 0;
    private static final double UNKNOWN_DIRECTION = 0.5;

    private static final List<String> OPTICS = List.of(
            RelionTomogram.PIXEL_SIZE, RelionTomogram.VOLTAGE, RelionTomogram.ABERRATION, RelionTomogram.CONTRAST);
    private static final int MOST_NAMES = 3;

    private final List<RelionRun> runs;
    private final RelionOptions options;
    private final boolean centersKnown;
    private final boolean pixelSizesKnown;
    private final int size;

    RelionWriter(List<RelionRun> runs, RelionOptions options) {
        this.runs = List.copyOf(runs);
        this.options = options;
        this.centersKnown = runs.stream().allMatch(run -> run.tomogram().center() != null);
        this.pixelSizesKnown = runs.stream().allMatch(run -> run.tomogram().pixelSize() != null);
        this.size = runs.stream().mapToInt(run -> run.points().size()).reduce(0, Math::addExact);
    }

    /** Returns warnings about what RELION needs and does not find in the file. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!pixelSizesKnown) {
            warnings.add("without the pixel size of the tilt series of "
                    + names(tomogram -> tomogram.pixelSize() == null)
                    + " there is no optics table; RELION needs one with " + String.join(", ", OPTICS));
        } else if (!options.optics() && !runs.isEmpty()) {
            warnings.add("the options exclude the optics table; RELION needs one with " + String.join(", ", OPTICS));
        } else {
            List<String> unknown = new ArrayList<>();
            addUnknown(unknown, RelionTomogram.VOLTAGE, RelionTomogram::voltage);
            addUnknown(unknown, RelionTomogram.ABERRATION, RelionTomogram::sphericalAberration);
            addUnknown(unknown, RelionTomogram.CONTRAST, RelionTomogram::amplitudeContrast);
            if (!unknown.isEmpty()) {
                warnings.add("the optics table lacks " + String.join(", ", unknown) + ", which RELION needs");
            }
        }
        if (!options.centeredOnly() && !centersKnown && !pixelSizesKnown) {
            warnings.add("coordinates are pixels of the tomograms, which RELION takes for pixels of the tilt series");
        }
        return warnings;
    }

    /** Returns warnings about points whose angles represent another matrix than theirs, with their number. */
    static List<String> rotationWarnings(List<RelionRun> runs) {
        List<String> warnings = new ArrayList<>();
        addFit(warnings, runs, Euler.Fit.NONE, "reflections or singular; their angles were written as 0");
        addFit(warnings, runs, Euler.Fit.NEAREST, "not orthonormal; the angles of the nearest rotations were written");
        return warnings;
    }

    private static void addFit(List<String> warnings, List<RelionRun> runs, Euler.Fit fit, String consequence) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (RelionRun run : runs) {
            for (Point point : run.points()) {
                if (Euler.fit(point.transform().rotation()) == fit) {
                    counts.merge(run.tomogram().name(), 1, Integer::sum);
                }
            }
        }
        if (!counts.isEmpty()) {
            int points = counts.values().stream().mapToInt(count -> count).sum();
            warnings.add("transforms of " + points + (points == 1 ? " point" : " points") + " of "
                    + shown(List.copyOf(counts.keySet())) + " are " + consequence);
        }
    }

    private void addUnknown(List<String> columns, String column, Function<RelionTomogram, @Nullable Double> known) {
        String unknown = names(tomogram -> known.apply(tomogram) == null);
        if (!unknown.isEmpty()) {
            columns.add(column + " of " + unknown);
        }
    }

    private String names(Predicate<RelionTomogram> which) {
        List<String> names = runs.stream()
                .map(RelionRun::tomogram)
                .filter(which)
                .map(RelionTomogram::name)
                .distinct()
                .toList();
        return shown(names);
    }

    private static String shown(List<String> names) {
        String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? shown + " and " + (names.size() - MOST_NAMES) + " more" : shown;
    }

    StarFile star() {
        Map<String, Table> blocks = new LinkedHashMap<>();
        boolean optics = options.optics() && pixelSizesKnown && !runs.isEmpty();
        if (optics) {
            blocks.put("optics", optics());
        }
        blocks.put("particles", particles(optics));
        return StarFile.of(blocks);
    }

    private Table particles(boolean optics) {
        List<String> names = new ArrayList<>(size);
        long[] groups = new long[size];
        for (int i = 0, group = 1; group <= runs.size(); group++) {
            RelionRun run = runs.get(group - 1);
            for (int end = i + run.points().size(); i < end; i++) {
                names.add(run.tomogram().name());
                groups[i] = group;
            }
        }
        Table.Builder table = Table.builder().strings(RelionNames.TOMOGRAM, names);
        addPixels(table);
        addAngles(table);
        long[] tubes = options.filaments() ? tubes() : new long[0];
        if (options.filaments()) {
            table.longs(RelionReader.TUBE, tubes);
            table.doubles(RelionReader.TRACK, tracks());
            table.doubles("rlnAnglePsiFlipRatio", directions());
        }
        addCentered(table);
        if (optics) {
            table.longs(RelionReader.GROUP, groups);
        }
        if (options.halfSets()) {
            table.longs(
                    "rlnRandomSubset",
                    Arrays.stream(RelionParticles.halfSets(names, tubes))
                            .asLongStream()
                            .toArray());
        }
        return table.build();
    }

    private void addPixels(Table.Builder table) {
        if (options.centeredOnly() || (centersKnown && !pixelSizesKnown)) {
            return;
        }
        double[][] pixels = new double[3][size];
        int i = 0;
        for (RelionRun run : runs) {
            RelionTomogram tomogram = run.tomogram();
            Double unit = pixelSizesKnown ? tomogram.pixelSize() : tomogram.voxelSpacing();
            if (unit == null) {
                throw new UnsupportedFeatureException("no coordinates of " + tomogram.name()
                        + " can be written: neither the centre of its tomogram nor the pixel size of its tilt series is"
                        + " known; name the tomograms.star, give the pixel size, or give the voxel size to use"
                        + " instead");
            }
            for (Point point : run.points()) {
                double[] center = center(point);
                for (int axis = 0; axis < 3; axis++) {
                    double stored = center[axis];
                    pixels[axis][i] = Decimals.shortest(stored / unit, pixel -> pixel * unit == stored);
                }
                i++;
            }
        }
        add(table, RelionReader.PIXELS, pixels);
    }

    private void addCentered(Table.Builder table) {
        if (!centersKnown && !options.centeredOnly()) {
            return;
        }
        double[][] centered = new double[3][size];
        int i = 0;
        for (RelionRun run : runs) {
            RelionTomogram.Center origin = run.tomogram().center();
            if (origin == null) {
                throw new UnsupportedFeatureException("no centred coordinates of "
                        + run.tomogram().name() + " can be written: the centre of its tomogram is not known; name the"
                        + " tomograms.star or import the tomogram first");
            }
            for (Point point : run.points()) {
                double[] center = center(point);
                centered[0][i] = Decimals.distance(center[0], origin.x());
                centered[1][i] = Decimals.distance(center[1], origin.y());
                centered[2][i] = Decimals.distance(center[2], origin.z());
                i++;
            }
        }
        add(table, RelionReader.CENTERED, centered);
    }

    private void addAngles(Table.Builder table) {
        boolean frame = options.filaments() && options.angles() == RelionOptions.Angles.FRAME;
        double[][] angles = new double[3][size];
        int i = 0;
        for (RelionRun run : runs) {
            for (Point point : run.points()) {
                double[] rotation = point.transform().rotation();
                double[] computed = Euler.angles(frame ? Euler.product(rotation, TO_FILAMENT_FRAME) : rotation);
                double[] own =
                        Decimals.shortest(computed, rotation, frame ? RelionWriter::ofFrame : RelionWriter::ofAngles);
                for (int k = 0; k < 3; k++) {
                    angles[k][i] = own[k];
                }
                i++;
            }
        }
        if (!frame) {
            add(table, RelionReader.ANGLES, angles);
            return;
        }
        double[] right = new double[size];
        Arrays.fill(right, 90);
        add(table, RelionReader.SUBTOMOGRAM, angles);
        add(table, RelionReader.ANGLES, new double[][] {new double[size], right, new double[size]});
        table.doubles("rlnAngleTiltPrior", right);
        table.doubles("rlnAnglePsiPrior", new double[size]);
    }

    private static double[] ofAngles(double[] angles) {
        return Euler.rotation(angles[0], angles[1], angles[2]);
    }

    /** Returns the rotation that the import reads from subtomogram angles with the particle angles of filaments. */
    private static double[] ofFrame(double[] angles) {
        return Euler.product(ofAngles(angles), Euler.rotation(0, 90, 0));
    }

    private static void add(Table.Builder table, String[] names, double[][] columns) {
        for (int i = 0; i < names.length; i++) {
            table.doubles(names[i], columns[i]);
        }
    }

    /** Returns the centre of a particle: its location plus the shift that refines it. */
    private static double[] center(Point point) {
        double[] shift = point.transform().translation();
        return new double[] {point.x() + shift[0], point.y() + shift[1], point.z() + shift[2]};
    }

    private long[] tubes() {
        for (RelionRun run : runs) {
            long without =
                    run.points().stream().filter(point -> tube(point) < 1).count();
            if (without > 0) {
                throw new UnsupportedFeatureException(
                        without + " of " + run.points().size() + " points of "
                                + run.tomogram().name() + " belong to no filament (their instance is below 1), but "
                                + RelionReader.TUBE
                                + " begins at 1; give them the ids of their filaments, or write no columns for filaments");
            }
        }
        return runs.stream()
                .flatMapToLong(run -> run.points().stream().mapToLong(RelionWriter::tube))
                .toArray();
    }

    private static long tube(Point point) {
        Long id = point.instanceId();
        return id == null ? 0 : id;
    }

    /** Returns the distance of each point along its filament in Å, measured from point to point. */
    private double[] tracks() {
        double[] tracks = new double[size];
        int i = 0;
        for (RelionRun run : runs) {
            Map<Long, double[]> last = new HashMap<>();
            for (Point point : run.points()) {
                double[] center = center(point);
                double[] before = last.get(tube(point));
                if (before != null) {
                    double x = center[0] - before[0];
                    double y = center[1] - before[1];
                    double z = center[2] - before[2];
                    tracks[i] = before[3] + Math.sqrt(x * x + y * y + z * z);
                }
                last.put(tube(point), new double[] {center[0], center[1], center[2], tracks[i]});
                i++;
            }
        }
        return tracks;
    }

    private double[] directions() {
        return runs.stream()
                .flatMapToDouble(run -> run.points().stream()
                        .mapToDouble(
                                point -> run.polarityKnown().test(tube(point)) ? KNOWN_DIRECTION : UNKNOWN_DIRECTION))
                .toArray();
    }

    private Table optics() {
        List<RelionTomogram> tomograms = runs.stream().map(RelionRun::tomogram).toList();
        Table.Builder table = Table.builder()
                .longs(
                        RelionReader.GROUP,
                        LongStream.rangeClosed(1, runs.size()).toArray())
                .strings(
                        RelionReader.GROUP_NAME,
                        tomograms.stream().map(RelionTomogram::name).toList());
        addKnown(table, RelionTomogram.PIXEL_SIZE, tomograms, RelionTomogram::pixelSize);
        addKnown(table, RelionTomogram.VOLTAGE, tomograms, RelionTomogram::voltage);
        addKnown(table, RelionTomogram.ABERRATION, tomograms, RelionTomogram::sphericalAberration);
        addKnown(table, RelionTomogram.CONTRAST, tomograms, RelionTomogram::amplitudeContrast);
        return table.build();
    }

    /** Adds a column, with {@code nan} for unknown values; adds nothing if all are unknown. */
    private static void addKnown(
            Table.Builder table,
            String column,
            List<RelionTomogram> tomograms,
            Function<RelionTomogram, @Nullable Double> known) {
        ToDoubleFunction<RelionTomogram> orUnknown = tomogram -> {
            Double value = known.apply(tomogram);
            return value == null ? Double.NaN : value;
        };
        double[] values = tomograms.stream().mapToDouble(orUnknown).toArray();
        if (!Arrays.stream(values).allMatch(Double::isNaN)) {
            table.doubles(column, values);
        }
    }
}
