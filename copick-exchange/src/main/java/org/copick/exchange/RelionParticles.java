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
 * Converts RELION's particle tables to points and back.
 *
 * <p>The conventions are those of RELION 4 and 5, which Python copick has since 1.28. A particle's orientation is the
 * product of its subtomogram angles and its particle angles. {@code rlnOriginXAngst} and so on shift it in the frame
 * of the subtomogram angles. Angles rot, tilt, psi represent the transpose of Rz(rot)·Ry(tilt)·Rz(psi), in degrees.
 */
public final class RelionParticles {
    private RelionParticles() {}

    /**
     * {@return the names of a file's tomograms, in the order of the file}
     *
     * <p>They come from {@code rlnTomoName}, otherwise from the file names in {@code rlnMicrographName}, without
     * folders and extensions. Empty if the file has neither.
     *
     * @param star a file of particles
     * @throws org.copick.error.CorruptDataException if there is no table of particles, or two files of different
     *     folders would be one tomogram
     */
    public static List<String> tomograms(StarFile star) {
        return List.copyOf(new LinkedHashSet<>(RelionNames.of(RelionReader.particles(star))));
    }

    /**
     * {@return the number of particles in a file}
     *
     * @param star a file of particles
     * @throws org.copick.error.CorruptDataException if there is no table of particles
     */
    public static int count(StarFile star) {
        return RelionReader.particles(star).rows();
    }

    /**
     * {@return the particles of a file as points, by {@linkplain #tomograms tomogram}, in the order of the file}
     *
     * <p>If the file names no tomograms, the name is empty. Transforms are rotations without a shift, the score is 1,
     * and the instance is {@code rlnHelicalTubeID}, or 0 if that is missing. Points of filaments are sorted by tube
     * and {@code rlnHelicalTrackLengthAngst}.
     *
     * <p>Coordinates are the centred ones if the tomogram's centre is known. Otherwise they are pixels, multiplied by
     * the first known of these sizes: {@code pixelSize}, the one in the file's particles or optics table, the
     * tomogram's pixel size, the tomogram's voxel spacing. In files of RELION 3 and Warp the pixel size is that of the
     * micrograph, that of detector and magnification, or that of the images.
     *
     * <p>Shifts are {@code rlnOriginXAngst} and so on. In RELION 3 they are {@code rlnOriginX} and so on, in pixels of
     * the images; if the size of these is unknown, they are read as pixels of the coordinates, with a warning. Missing
     * shifts and angles are 0.
     *
     * @param star a file of particles
     * @param known returns the known properties of a tomogram; called once for each
     * @param coordinates the coordinates that may be used
     * @param pixelSize the pixel size of the tilt series in Å; empty to use that of the file
     * @throws org.copick.error.CorruptDataException if columns are missing, cells are not finite numbers, optics
     *     groups are unknown, or columns contradict each other
     * @throws org.copick.error.UnsupportedFeatureException if the required centre or pixel size is unknown
     * @throws IllegalArgumentException if pixels are read and {@code pixelSize} is not positive
     */
    public static Map<String, RelionPoints> points(
            StarFile star,
            Function<String, RelionTomogram> known,
            RelionPoints.Coordinates coordinates,
            OptionalDouble pixelSize) {
        return new RelionReader(star, coordinates, pixelSize).read(known);
    }

    /**
     * {@return a STAR file with the block {@code particles}}
     *
     * <p>If the options ask for optics and the pixel size of every tilt series is known, a block {@code optics} with a
     * group for each tomogram precedes it.
     *
     * <p>Particles have centred coordinates if the centre of every tomogram is known, and pixels of the tilt series if
     * every pixel size is known. If neither is known, they have pixels of each tomogram's voxel spacing, which RELION
     * mistakes for pixels of the tilt series.
     *
     * <p>Numbers computed from stored ones have the fewest decimals from which {@link #points} computes the stored
     * numbers exactly, such as -19.503 instead of -19.50299999999999, or all digits if no shorter text does. Angles
     * are shortened if the result gives the stored rotation at least as exactly as all digits do.
     *
     * @param runs the points of each tomogram, in the order of the file
     * @param options the columns to write
     * @throws org.copick.error.UnsupportedFeatureException if no coordinates can be written, or filaments are
     *     requested and a point has no filament id (1 or more)
     */
    public static StarFile star(List<RelionRun> runs, RelionOptions options) {
        return new RelionWriter(runs, options).star();
    }

    /**
     * {@return warnings about a file that {@link #star} writes for these runs}
     *
     * <p>They name what RELION needs and does not find: an optics table, columns of it, or coordinates in its own
     * pixels. Then follow the {@link #rotationWarnings}. Each text is meant to follow the name of the file.
     *
     * @param runs the points of each tomogram, as given to {@link #star}
     * @param options the options given to {@link #star}
     */
    public static List<String> warnings(List<RelionRun> runs, RelionOptions options) {
        List<String> warnings = new ArrayList<>(new RelionWriter(runs, options).warnings());
        warnings.addAll(rotationWarnings(runs));
        return warnings;
    }

    /**
     * {@return warnings about points whose transforms are not rotations, with their number}
     *
     * <p>In a file that {@link #star} writes, their angles are those of the nearest rotation, or 0 if there is none.
     * Each text is meant to follow the name of the file.
     *
     * @param runs the points of each tomogram, as given to {@link #star}
     */
    public static List<String> rotationWarnings(List<RelionRun> runs) {
        return RelionWriter.rotationWarnings(runs);
    }

    /**
     * {@return the half set, 1 or 2, of each particle, so that each filament is in one half}
     *
     * <p>Filaments are assigned from the largest to the smallest (then by tomogram and tube), each to the half with
     * fewer particles, or to half 1 if both have equally many.
     *
     * @param tomograms the tomogram of each particle
     * @param tubes the filament id of each particle; ids of different tomograms are different filaments
     * @throws IllegalArgumentException if the two have different lengths
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
