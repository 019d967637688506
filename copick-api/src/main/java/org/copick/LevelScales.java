package org.copick;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.copick.error.AccessDeniedException;
import org.copick.error.CorruptDataException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.Multiscale;

/** The order of levels by their scales, and whether these fit the sizes of the levels. */
final class LevelScales {
    /** Voxel sizes that differ less, relative to each other, are equal. */
    private static final double SAME = 1e-6;
    /** How far a size may be off what scales say, which programs round. */
    private static final double ROUNDED = 0.02;

    private static final Comparator<Level> LARGEST_FIRST = Comparator.comparingDouble(level -> -elements(level));

    private LevelScales() {}

    /**
     * The levels by their scales, the largest of equal ones first; without scales by size, and as they are given when the size
     * of one cannot be read. Reads metadata of levels only where scales do not decide.
     *
     * @param scaled the same by their scales, as the metadata of the image give them
     */
    static List<Level> ordered(List<Level> levels, List<Multiscale.Dataset> scaled) {
        boolean complete = scaled.stream().allMatch(dataset -> dataset.scale().isPresent());
        Set<Double> voxels = new HashSet<>();
        boolean distinct = scaled.stream().allMatch(dataset -> voxels.add(dataset.voxel()));
        if (levels.size() < 2 || (complete && distinct)) {
            return List.copyOf(levels);
        }
        try {
            return levels.stream()
                    .sorted(
                            complete
                                    ? Comparator.comparingDouble(Level::voxel).thenComparing(LARGEST_FIRST)
                                    : LARGEST_FIRST)
                    .toList();
        } catch (CorruptDataException | UnsupportedFeatureException e) {
            return List.copyOf(levels);
        }
    }

    /** How the sizes of two levels contradict their scales, naming both; levels that cannot be read are left out. */
    static Optional<String> contradiction(List<Level> levels) {
        return IntStream.range(1, levels.size())
                .mapToObj(i -> contradiction(levels.get(0), levels.get(i - 1), levels.get(i)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> contradiction(Level full, Level finer, Level level) {
        try {
            if (hasFewer(finer, level)) {
                return Optional.of(contradicting(finer, level));
            }
            return isOff(full, level) ? Optional.of(contradicting(full, level)) : Optional.empty();
        } catch (CorruptDataException | UnsupportedFeatureException | StorageException | AccessDeniedException e) {
            return Optional.empty(); // reading the level itself tells
        }
    }

    private static boolean hasFewer(Level finer, Level coarser) {
        return finer.ownScale().isPresent()
                && coarser.ownScale().isPresent()
                && finer.voxel() < coarser.voxel() * (1 - SAME)
                && elements(finer) < elements(coarser);
    }

    private static boolean isOff(Level full, Level coarser) {
        long[] larger = full.shape();
        long[] smaller = coarser.shape();
        double[] fine = full.ownScale().orElse(new double[0]);
        double[] coarse = coarser.ownScale().orElse(new double[0]);
        if (fine.length != larger.length || coarse.length != fine.length || smaller.length != fine.length) {
            return false;
        }
        for (int i = Math.max(0, fine.length - 3); i < fine.length; i++) {
            double factor = coarse[i] / fine[i];
            if (factor > 0 && !Double.isInfinite(factor) && isOff(larger[i], smaller[i], factor)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a length is not what a factor makes of the full one, rounded up or down at each halving. */
    private static boolean isOff(long full, long length, double factor) {
        double expected = full / factor;
        double halvings = Math.max(1, Math.abs(Math.log(factor) / Math.log(2)));
        return Math.abs(length - expected) > halvings + ROUNDED * expected;
    }

    private static String contradicting(Level one, Level other) {
        return "the sizes of its levels contradict their scales: \"" + one.path() + "\" is " + described(one) + ", \""
                + other.path() + "\" " + described(other) + "; correct the scales in its metadata";
    }

    private static String described(Level level) {
        return Arrays.toString(level.shape()) + " with scale "
                + level.ownScale().map(Arrays::toString).orElse("");
    }

    private static double elements(Level level) {
        return Arrays.stream(level.shape()).mapToDouble(length -> length).reduce(1, (a, b) -> a * b);
    }
}
