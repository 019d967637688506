package org.copick.exchange;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.copick.error.UnsupportedFeatureException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.jspecify.annotations.Nullable;

/** Makes points of particles. */
final class RelionReader {
    static final String NAME = "rlnTomoName";
    static final String[] CENTERED = {
        "rlnCenteredCoordinateXAngst", "rlnCenteredCoordinateYAngst", "rlnCenteredCoordinateZAngst"
    };
    static final String[] PIXELS = {"rlnCoordinateX", "rlnCoordinateY", "rlnCoordinateZ"};
    static final String[] SUBTOMOGRAM = {"rlnTomoSubtomogramRot", "rlnTomoSubtomogramTilt", "rlnTomoSubtomogramPsi"};
    static final String[] ANGLES = {"rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi"};
    static final String[] ORIGIN = {"rlnOriginXAngst", "rlnOriginYAngst", "rlnOriginZAngst"};
    static final String TUBE = "rlnHelicalTubeID";
    static final String TRACK = "rlnHelicalTrackLengthAngst";
    static final String GROUP = "rlnOpticsGroup";
    static final String GROUP_NAME = "rlnOpticsGroupName";

    private final Table particles;
    private final RelionPoints.Coordinates allowed;
    private final @Nullable Triple centered;
    private final @Nullable Triple pixels;
    private final @Nullable Triple subtomogramAngles;
    private final @Nullable Triple angles;
    private final @Nullable Triple origins;
    private final long @Nullable [] tubes;
    private final double @Nullable [] tracks;
    private final double @Nullable [] pixelSizes;

    RelionReader(StarFile star, RelionPoints.Coordinates allowed, OptionalDouble pixelSize) {
        this.particles = particles(star);
        this.allowed = allowed;
        checkCoordinates();
        this.centered = allowed == RelionPoints.Coordinates.PIXELS ? null : Triple.of(particles, CENTERED);
        this.pixels = allowed == RelionPoints.Coordinates.CENTERED ? null : Triple.of(particles, PIXELS);
        this.subtomogramAngles = Triple.of(particles, SUBTOMOGRAM);
        this.angles = Triple.of(particles, ANGLES);
        this.origins = Triple.of(particles, ORIGIN);
        this.tubes = particles.has(TUBE) ? particles.longs(TUBE) : null;
        this.tracks = particles.has(TUBE, TRACK) ? particles.finite(TRACK) : null;
        this.pixelSizes = pixels == null ? null : pixelSizes(star, pixelSize);
    }

    /** The block of particles, else the first one that is not the optics. */
    static Table particles(StarFile star) {
        return star.block("particles")
                .or(() -> star.blocks().entrySet().stream()
                        .filter(block -> !block.getKey().equals("optics"))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElseThrow(() -> star.block("optics").orElseThrow().refusal("there is no block of particles beside"));
    }

    private void checkCoordinates() {
        boolean mayBeCentered = allowed != RelionPoints.Coordinates.PIXELS;
        boolean mayBePixels = allowed != RelionPoints.Coordinates.CENTERED;
        if (mayBeCentered && particles.has(CENTERED)) {
            return;
        }
        if (!mayBePixels) {
            particles.require("centred coordinates", CENTERED);
        }
        if (!particles.has(PIXELS)) {
            String[] nearest = mayBeCentered && particles.columns().stream().anyMatch(List.of(CENTERED)::contains)
                    ? CENTERED
                    : PIXELS;
            particles.require("coordinates", nearest);
        }
    }

    private double @Nullable [] pixelSizes(StarFile star, OptionalDouble given) {
        double[] sizes = new double[particles.rows()];
        if (given.isPresent()) {
            RelionTomogram.check(given.getAsDouble());
            Arrays.fill(sizes, given.getAsDouble());
            return sizes;
        }
        Table optics = star.block("optics").orElse(null);
        if (optics == null || optics.rows() == 0 || !optics.has(RelionTomogram.PIXEL_SIZE)) {
            return null;
        }
        double[] sizesOfGroups = optics.positive(RelionTomogram.PIXEL_SIZE);
        if (sizesOfGroups.length == 1) {
            Arrays.fill(sizes, sizesOfGroups[0]);
            return sizes;
        }
        List<?> groups = groups(optics, optics);
        List<?> groupsOfRows = groups(particles, optics);
        Map<Object, Double> byGroup = new HashMap<>();
        for (int i = 0; i < sizesOfGroups.length; i++) {
            byGroup.put(groups.get(i), sizesOfGroups[i]);
        }
        for (int i = 0; i < sizes.length; i++) {
            Double size = byGroup.get(groupsOfRows.get(i));
            if (size == null) {
                throw particles.refusal("row " + (i + 1) + " is of the optics group " + groupsOfRows.get(i)
                        + ", which the block optics has not");
            }
            sizes[i] = size;
        }
        return sizes;
    }

    private List<?> groups(Table table, Table optics) {
        if (particles.has(GROUP) && optics.has(GROUP)) {
            return Arrays.stream(table.longs(GROUP)).boxed().toList();
        }
        if (particles.has(GROUP_NAME) && optics.has(GROUP_NAME)) {
            return table.strings(GROUP_NAME);
        }
        throw particles.refusal("there are several optics groups, but without " + GROUP + " or " + GROUP_NAME
                + " here and there no particle says of which it is");
    }

    Map<String, RelionPoints> read(Function<String, RelionTomogram> known) {
        Map<String, RelionPoints> points = new LinkedHashMap<>();
        rowsByTomogram().forEach((name, rows) -> {
            sort(rows, tubes, tracks);
            points.put(name, read(rows, known.apply(name)));
        });
        return points;
    }

    private static void sort(List<Integer> rows, long @Nullable [] tubes, double @Nullable [] tracks) {
        if (tubes != null && tracks != null) {
            rows.sort(Comparator.comparingLong((Integer row) -> tubes[row]).thenComparingDouble(row -> tracks[row]));
        }
    }

    private Map<String, List<Integer>> rowsByTomogram() {
        List<String> names = particles.has(NAME) ? particles.strings(NAME) : List.of();
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < particles.rows(); i++) {
            rows.computeIfAbsent(names.isEmpty() ? "" : names.get(i), name -> new ArrayList<>())
                    .add(i);
        }
        return rows;
    }

    private RelionPoints read(List<Integer> rows, RelionTomogram tomogram) {
        RelionPoints.Source source = source(tomogram);
        List<Point> points = new ArrayList<>(rows.size());
        for (int row : rows) {
            double[] location = location(row, tomogram, source);
            double[] subtomogram = rotation(subtomogramAngles, row);
            if (origins != null) {
                double[] origin = origins.at(row);
                for (int axis = 0; axis < 3; axis++) {
                    location[axis] -= subtomogram[3 * axis] * origin[0]
                            + subtomogram[3 * axis + 1] * origin[1]
                            + subtomogram[3 * axis + 2] * origin[2];
                }
            }
            Point point = Point.at(location[0], location[1], location[2], transform(row, subtomogram));
            points.add(tubes == null ? point : point.withInstanceId(tubes[row]));
        }
        return new RelionPoints(points, source);
    }

    private RelionPoints.Source source(RelionTomogram tomogram) {
        if (centered != null && tomogram.center() != null) {
            return RelionPoints.Source.CENTERED;
        }
        if (pixels == null) {
            throw new UnsupportedFeatureException("the centre of the tomogram " + tomogram.name()
                    + " is not known, and its particles have no other coordinates than centred ones; "
                    + "name the tomograms.star or import the tomogram first");
        }
        if (pixelSizes != null || tomogram.pixelSize() != null) {
            return RelionPoints.Source.PIXELS;
        }
        if (tomogram.voxelSpacing() == null) {
            throw new UnsupportedFeatureException("the pixel size of the tilt series of " + tomogram.name()
                    + " is not known; give it, name the tomograms.star, or say of which voxel size the pixels are");
        }
        return RelionPoints.Source.VOXELS;
    }

    private double[] location(int row, RelionTomogram tomogram, RelionPoints.Source source) {
        return switch (source) {
            case CENTERED -> {
                double[] place = requireNonNull(centered).at(row);
                RelionTomogram.Center center = requireNonNull(tomogram.center());
                yield new double[] {place[0] + center.x(), place[1] + center.y(), place[2] + center.z()};
            }
            case PIXELS ->
                requireNonNull(pixels)
                        .scaled(row, pixelSizes != null ? pixelSizes[row] : requireNonNull(tomogram.pixelSize()));
            case VOXELS -> requireNonNull(pixels).scaled(row, requireNonNull(tomogram.voxelSpacing()));
        };
    }

    private Transform transform(int row, double[] subtomogram) {
        if (subtomogramAngles == null && angles == null) {
            return Transform.IDENTITY;
        }
        double[] r = angles == null ? subtomogram : Euler.product(subtomogram, rotation(angles, row));
        return Transform.of(r[0], r[1], r[2], 0, r[3], r[4], r[5], 0, r[6], r[7], r[8], 0, 0, 0, 0, 1);
    }

    private static double[] rotation(@Nullable Triple angles, int row) {
        double[] triple = angles == null ? new double[3] : angles.at(row);
        return Euler.rotation(triple[0], triple[1], triple[2]);
    }
}
