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

/** Orders levels by their scales, and checks whether the scales match the sizes of the levels. */
final class LevelScales {
    /** The largest relative difference between two voxel sizes that count as equal. */
    private static final double SAME = 1e-6;
    /** The largest relative deviation of a level's size from its scale, because programs round scales. */
    private static final double ROUNDED = 0.02;

    private static final Comparator<Level> LARGEST_FIRST = Comparator.comparingDouble(level -> -elements(level));

    private LevelScales() {}

    /**
     * Returns the levels in order of their scales, largest level first among equal scales.
     *
     * <p>Without scales, orders the levels by size. If a size is needed but cannot be read, returns the levels in the
     * given order. Reads the metadata of levels only if their scales do not determine the order.
     *
     * @param scaled the entries of the levels in the image metadata, in order of their scales
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

    /**
     * Describes the first two levels whose sizes contradict their scales; empty if there are none.
     *
     * <p>Levels that cannot be read are skipped.
     */
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
            return Optional.empty(); // reading the level itself reports the failure
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

    /**
     * Returns whether a length deviates from {@code full / factor} by more than the rounding of each halving allows.
     */
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
