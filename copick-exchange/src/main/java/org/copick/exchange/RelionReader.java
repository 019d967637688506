package org.copick.exchange;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.copick.error.UnsupportedFeatureException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.jspecify.annotations.Nullable;

/** Converts particles to points. */
final class RelionReader {
    static final String[] CENTERED = {
        "rlnCenteredCoordinateXAngst", "rlnCenteredCoordinateYAngst", "rlnCenteredCoordinateZAngst"
    };
    static final String[] PIXELS = {"rlnCoordinateX", "rlnCoordinateY", "rlnCoordinateZ"};
    static final String[] SUBTOMOGRAM = {"rlnTomoSubtomogramRot", "rlnTomoSubtomogramTilt", "rlnTomoSubtomogramPsi"};
    static final String[] ANGLES = {"rlnAngleRot", "rlnAngleTilt", "rlnAnglePsi"};
    static final String[] ORIGIN = {"rlnOriginXAngst", "rlnOriginYAngst", "rlnOriginZAngst"};
    static final String[] ORIGIN_PIXELS = {"rlnOriginX", "rlnOriginY", "rlnOriginZ"};
    static final String TUBE = "rlnHelicalTubeID";
    static final String TRACK = "rlnHelicalTrackLengthAngst";
    static final String GROUP = "rlnOpticsGroup";
    static final String GROUP_NAME = "rlnOpticsGroupName";
    private static final int MOST_NAMES = 3;

    private final Table particles;
    private final RelionPoints.Coordinates allowed;
    private final @Nullable Triple centered;
    private final @Nullable Triple pixels;
    private final @Nullable Triple subtomogramAngles;
    private final @Nullable Triple angles;
    private final @Nullable Triple origins;
    private final long @Nullable [] tubes;
    private final double @Nullable [] tracks;
    private final @Nullable Triple pixelOrigins;
    private final RelionPixels known;
    private final double @Nullable [] pixelSizes;
    private final double @Nullable [] imageSizes;

    RelionReader(StarFile star, RelionPoints.Coordinates allowed, OptionalDouble pixelSize) {
        this.particles = particles(star);
        this.allowed = allowed;
        checkIndex();
        checkCoordinates();
        this.centered = allowed == RelionPoints.Coordinates.PIXELS ? null : Triple.of(particles, CENTERED);
        this.pixels = allowed == RelionPoints.Coordinates.CENTERED ? null : Triple.of(particles, PIXELS);
        this.subtomogramAngles = Triple.orZero(particles, SUBTOMOGRAM);
        this.angles = Triple.orZero(particles, ANGLES);
        this.origins = Triple.orZero(particles, ORIGIN);
        this.pixelOrigins = shifts(particles);
        this.tubes = particles.has(TUBE) ? particles.longs(TUBE) : null;
        this.tracks = particles.has(TUBE, TRACK) ? particles.finite(TRACK) : null;
        this.known = new RelionPixels(particles, star.block("optics"));
        this.pixelSizes = pixels == null ? null : pixelSizes(pixelSize);
        RelionPixels.Sizes images = pixelOrigins == null ? null : known.ofImages();
        this.imageSizes = images == null ? null : images.ofRows();
        checkFractions();
    }

    /** Returns the block of particles: the one with that name, otherwise the first one that is not the optics. */
    static Table particles(StarFile star) {
        return star.block("particles")
                .or(() -> star.blocks().entrySet().stream()
                        .filter(block -> !block.getKey().equals("optics"))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .orElseThrow(
                        () -> star.block("optics").orElseThrow().refusal("there is no block of particles besides it"));
    }

    /** Refuses files that only list the files with the particles. */
    private void checkIndex() {
        for (String column : List.of("rlnTomoImportParticleFile", "rlnTomoParticlesFile")) {
            if (particles.has(column) && !particles.has(PIXELS) && !particles.has(CENTERED)) {
                List<String> files = particles.strings(column);
                String shown = String.join(", ", files.subList(0, Math.min(files.size(), MOST_NAMES)))
                        + (files.size() > MOST_NAMES ? " and " + (files.size() - MOST_NAMES) + " more" : "");
                throw particles.refusal(
                        "the file contains no particles but lists other files; import " + shown + " (" + column + ")");
            }
        }
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

    private static @Nullable Triple shifts(Table particles) {
        Triple angstroms = Triple.orZero(particles, ORIGIN);
        Triple pixels = Triple.orZero(particles, ORIGIN_PIXELS);
        if (angstroms != null && pixels != null && !pixels.all(shift -> shift == 0)) {
            throw particles.refusal("particles have shifts in Å (" + String.join(", ", ORIGIN) + ") and in pixels ("
                    + String.join(", ", ORIGIN_PIXELS) + "); remove the columns that do not count");
        }
        return pixels == null || pixels.all(shift -> shift == 0) ? null : pixels;
    }

    private double @Nullable [] pixelSizes(OptionalDouble given) {
        if (given.isPresent()) {
            RelionTomogram.check(given.getAsDouble());
            double[] sizes = new double[particles.rows()];
            Arrays.fill(sizes, given.getAsDouble());
            return sizes;
        }
        RelionPixels.Sizes sizes = known.ofCoordinates();
        return sizes == null ? null : sizes.ofRows();
    }

    private void checkFractions() {
        if (pixels != null
                && RelionNames.isWarp(particles)
                && pixels.all(place -> place >= 0 && place <= 1)
                && !pixels.all(place -> place == Math.rint(place))) {
            throw new UnsupportedFeatureException("all of " + String.join(", ", PIXELS) + " are between 0 and 1: Warp's"
                    + " template matching writes fractions of the tomogram; multiply them by its size in pixels first");
        }
    }

    Map<String, RelionPoints> read(Function<String, RelionTomogram> tomograms) {
        Map<String, RelionPoints> points = new LinkedHashMap<>();
        rowsByTomogram().forEach((name, rows) -> {
            sort(rows, tubes, tracks);
            points.put(name, read(rows, tomograms.apply(name)));
        });
        return points;
    }

    private static void sort(List<Integer> rows, long @Nullable [] tubes, double @Nullable [] tracks) {
        if (tubes != null && tracks != null) {
            rows.sort(Comparator.comparingLong((Integer row) -> tubes[row]).thenComparingDouble(row -> tracks[row]));
        }
    }

    private Map<String, List<Integer>> rowsByTomogram() {
        List<String> names = RelionNames.of(particles);
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
            double[] origin = shift(row, tomogram, source);
            if (origin != null) {
                for (int axis = 0; axis < 3; axis++) {
                    location[axis] -= subtomogram[3 * axis] * origin[0]
                            + subtomogram[3 * axis + 1] * origin[1]
                            + subtomogram[3 * axis + 2] * origin[2];
                }
            }
            Point point = Point.at(location[0], location[1], location[2], transform(row, subtomogram));
            points.add(tubes == null ? point : point.withInstanceId(tubes[row]));
        }
        List<String> warnings = new ArrayList<>(known.warnings());
        if (pixelOrigins != null && imageSizes == null) {
            warnings.add("shifts (" + String.join(", ", ORIGIN_PIXELS) + ") were taken for pixels of the coordinates,"
                    + " because no column says the pixel size of the images");
        }
        return new RelionPoints(points, source, warnings);
    }

    /** Returns the shift of a particle in Å, or null if there is none. */
    private double @Nullable [] shift(int row, RelionTomogram tomogram, RelionPoints.Source source) {
        if (pixelOrigins == null) {
            return origins == null ? null : origins.at(row);
        }
        if (imageSizes != null) {
            return pixelOrigins.scaled(row, imageSizes[row]);
        }
        if (source == RelionPoints.Source.CENTERED) {
            throw new UnsupportedFeatureException("the shifts of particles of " + tomogram.name() + " are in pixels ("
                    + String.join(", ", ORIGIN_PIXELS) + ") of unknown size; add rlnImagePixelSize, or write them in"
                    + " Å (" + String.join(", ", ORIGIN) + ")");
        }
        return pixelOrigins.scaled(row, unit(row, tomogram, source));
    }

    private double unit(int row, RelionTomogram tomogram, RelionPoints.Source source) {
        if (source == RelionPoints.Source.VOXELS) {
            return requireNonNull(tomogram.voxelSpacing());
        }
        return pixelSizes != null ? pixelSizes[row] : requireNonNull(tomogram.pixelSize());
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
        known.requireWhole();
        if (tomogram.voxelSpacing() == null) {
            throw new UnsupportedFeatureException("the pixel size of the tilt series of " + tomogram.name()
                    + " is not known; give it, name the tomograms.star, or give the voxel size of the pixels");
        }
        return RelionPoints.Source.VOXELS;
    }

    private double[] location(int row, RelionTomogram tomogram, RelionPoints.Source source) {
        return switch (source) {
            case CENTERED -> {
                double[] place = requireNonNull(centered).at(row);
                RelionTomogram.Center center = requireNonNull(tomogram.center());
                yield new double[] {
                    Decimals.sum(place[0], center.x()),
                    Decimals.sum(place[1], center.y()),
                    Decimals.sum(place[2], center.z())
                };
            }
            case PIXELS, VOXELS -> requireNonNull(pixels).scaled(row, unit(row, tomogram, source));
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
