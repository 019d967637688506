package org.copick.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * RELION's particle tables and points, each from the other, in the conventions of RELION 4 and 5 that Python copick has
 * since 1.28.
 *
 * <p>A particle's orientation is the product of its subtomogram angles and its particle angles; {@code rlnOriginXAngst}
 * and so on shift it in the frame of the former. Angles rot, tilt, psi stand for the transpose of
 * Rz(rot)·Ry(tilt)·Rz(psi), in degrees.
 */
public final class RelionParticles {
    private RelionParticles() {}

    /**
     * The names of the tomograms of which a file has particles, in the order of the file: {@code rlnTomoName}, else the
     * file names in {@code rlnMicrographName} without folders and endings; empty when it has neither.
     *
     * @throws org.copick.error.CorruptDataException when there is no table of particles
     */
    public static List<String> tomograms(StarFile star) {
        return List.copyOf(new LinkedHashSet<>(RelionNames.of(RelionReader.particles(star))));
    }

    /** How many particles a file has. */
    public static int count(StarFile star) {
        return RelionReader.particles(star).rows();
    }

    /**
     * Returns the particles of a file as points, by {@linkplain #tomograms tomogram} in the order of the file, with the empty
     * name when the file names none. Transforms are rotations without a shift, the score is 1, and the instance is {@code
     * rlnHelicalTubeID}, or 0 without. Points of filaments are sorted by tube and {@code rlnHelicalTrackLengthAngst}.
     *
     * <p>Coordinates are the centred ones when the tomogram's centre is known. Else they are pixels times the first of
     * these that is known: {@code pixelSize}, that of the file's particles or optics table, the tomogram's pixel size, the
     * tomogram's voxel spacing. In files of RELION 3 and Warp the pixel size is that of the micrograph, the detector and
     * the magnification, or the images.
     *
     * <p>Shifts are {@code rlnOriginXAngst} and so on, or in RELION 3 {@code rlnOriginX} and so on in pixels of the
     * images; if their size is unknown, in pixels of coordinates with a warning. Missing shifts and angles are 0.
     *
     * @param known returns what is known of a tomogram; called once for each
     * @param coordinates which coordinates may be used
     * @param pixelSize pixel size of the tilt series in Å; empty for that of the file
     * @throws org.copick.error.CorruptDataException when columns are missing, cells are no finite numbers, optics
     *     groups are unknown, or columns contradict each other
     * @throws org.copick.error.UnsupportedFeatureException when the centre or the pixel size that is needed is not known
     */
    public static Map<String, RelionPoints> points(
            StarFile star,
            Function<String, RelionTomogram> known,
            RelionPoints.Coordinates coordinates,
            OptionalDouble pixelSize) {
        return new RelionReader(star, coordinates, pixelSize).read(known);
    }

    /**
     * A file with the block {@code particles}, and before it {@code optics} when every tilt series' pixel size is known
     * and the options have it, with a group for each tomogram.
     *
     * <p>Particles have centred coordinates when every tomogram's centre is known, and pixels of the tilt series when
     * every pixel size is; when neither, pixels of each tomogram's voxel spacing, which RELION takes for pixels of the
     * tilt series.
     *
     * <p>Numbers that are computed from stored ones have the fewest decimals from which {@link #points} computes the stored
     * numbers exactly, such as -19.503 and not -19.50299999999999, or all digits when no shorter text does. Angles are
     * shortened when they give the stored rotation at least as exactly as with all digits.
     *
     * @throws org.copick.error.UnsupportedFeatureException when no coordinates can be written, or points that should be
     *     of filaments have no filament's id (from 1)
     */
    public static StarFile star(List<RelionRun> runs, RelionOptions options) {
        return new RelionWriter(runs, options).star();
    }

    /**
     * Returns what RELION will miss in the file that {@link #star} makes of these: an optics table or columns of it, or
     * coordinates in its own pixels; then the {@link #rotationWarnings}. Each text follows the name of the file.
     */
    public static List<String> warnings(List<RelionRun> runs, RelionOptions options) {
        List<String> warnings = new ArrayList<>(new RelionWriter(runs, options).warnings());
        warnings.addAll(rotationWarnings(runs));
        return warnings;
    }

    /**
     * Returns how many points have transforms that are no rotations, so that their angles in the file that {@link #star}
     * makes stand for others: for the nearest rotation, or for none. Each text follows the name of the file.
     */
    public static List<String> rotationWarnings(List<RelionRun> runs) {
        return RelionWriter.rotationWarnings(runs);
    }

    /**
     * The half set, 1 or 2, of each particle, so that all of a filament are in the same: the largest filaments first
     * (then by tomogram and tube), each into the half with fewer particles, half 1 when both have as many.
     *
     * @param tomograms the tomogram of each particle
     * @param tubes its filament's id
     */
    public static int[] halfSets(List<String> tomograms, long[] tubes) {
        if (tomograms.size() != tubes.length) {
            throw new IllegalArgumentException(tomograms.size() + " tomograms for " + tubes.length + " tubes");
        }
        record Filament(String tomogram, long tube) {}
        Map<Filament, Integer> counts = new HashMap<>();
        for (int i = 0; i < tubes.length; i++) {
            counts.merge(new Filament(tomograms.get(i), tubes[i]), 1, Integer::sum);
        }
        List<Map.Entry<Filament, Integer>> largestFirst = new ArrayList<>(counts.entrySet());
        largestFirst.sort(Comparator.comparing((Map.Entry<Filament, Integer> entry) -> -entry.getValue())
                .thenComparing(entry -> entry.getKey().tomogram())
                .thenComparing(entry -> entry.getKey().tube()));
        Map<Filament, Integer> halves = new HashMap<>();
        int[] load = new int[3];
        for (Map.Entry<Filament, Integer> entry : largestFirst) {
            int half = load[1] <= load[2] ? 1 : 2;
            halves.put(entry.getKey(), half);
            load[half] += entry.getValue();
        }
        int[] sets = new int[tubes.length];
        for (int i = 0; i < tubes.length; i++) {
            sets[i] = halves.getOrDefault(new Filament(tomograms.get(i), tubes[i]), 0);
        }
        return sets;
    }
}
