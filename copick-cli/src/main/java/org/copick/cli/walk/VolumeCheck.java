package org.copick.cli.walk;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.copick.Level;
import org.copick.Volume;

/** Finds everything in images that readers would fail on. */
public final class VolumeCheck {
    private final Attempts attempts;
    private final BiConsumer<String, String> report;
    private final boolean readsVoxels;

    /**
     * Prepares checks.
     *
     * @param report takes a location and what is wrong there
     * @param readsVoxels whether all chunks are decoded
     */
    public VolumeCheck(Attempts attempts, BiConsumer<String, String> report, boolean readsVoxels) {
        this.attempts = attempts;
        this.report = report;
        this.readsVoxels = readsVoxels;
    }

    /** Compares the size of voxels with that of the place, in Å. */
    public void spacing(String location, Volume volume, double wanted) {
        attempts.attempt(location, () -> {
            if (volume.levels().isEmpty()) {
                return;
            }
            volume.level(0).scale().ifPresent(scale -> {
                for (int i = Math.max(0, scale.length - 3); i < scale.length; i++) {
                    if (!(Math.abs(scale[i] - wanted) <= 0.001 + 1e-6 * wanted)) {
                        report.accept(
                                location,
                                "its metadata say a voxel size of " + Arrays.toString(scale)
                                        + (volume.hasUnit() ? " Å" : " without a unit, so Å") + ", its place says "
                                        + wanted + " Å");
                        return;
                    }
                }
            });
        });
    }

    /**
     * Requires z, y and x as an import does, and that scales fit the sizes of levels.
     *
     * @param leading how many axes may come before z, y and x
     * @param rule what is expected, in words
     */
    public void shape(String location, Volume volume, int leading, String rule) {
        attempts.attempt(location, () -> {
            if (!volume.levels().isEmpty() && !isVolume(volume.level(0), leading)) {
                report.accept(location, "its shape is " + describe(volume.level(0)) + "; " + rule);
            }
        });
        attempts.attempt(location, () -> volume.contradiction().ifPresent(text -> report.accept(location, text)));
    }

    public static boolean isVolume(Level level, int leading) {
        return level.imageAxes().isVolume(level.shape(), leading);
    }

    public static String describe(Level level) {
        return level.imageAxes().describe(level.shape());
    }

    /** Reads all metadata, and all chunks where voxels are read. */
    public void readable(String location, Volume volume) {
        if (volume.levels().isEmpty()) {
            report.accept(location, "was created but never written, or not to the end; it holds no image");
            return;
        }
        if (volume.overrulesImage()) {
            report.accept(
                    location,
                    "its zarr.json describes no image, and the metadata of Zarr v2 beside it do; zarr.json counts,"
                            + " so delete it if the image is one of version 2");
        } else {
            for (String stray : volume.strayMetadata()) {
                report.accept(
                        location,
                        "the stray " + stray + " of another version of Zarr is not looked at; it can be deleted");
            }
        }
        attempts.attempt(location, volume::checkConsolidated);
        for (Level level : volume.levels()) {
            attempts.attempt(location, () -> level.array().attributes());
            attempts.attempt(location, () -> {
                long[] shape = level.shape();
                if (readsVoxels && shape.length >= 3) {
                    VoxelWalk.through(level, box -> {});
                }
            });
        }
    }
}
