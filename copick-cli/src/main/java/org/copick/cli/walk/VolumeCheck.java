package org.copick.cli.walk;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.copick.Level;
import org.copick.Volume;

/** Checks of images for everything readers would fail on. */
public final class VolumeCheck {
    private final Attempts attempts;
    private final BiConsumer<String, String> report;
    private final boolean readsVoxels;

    /**
     * Creates a check.
     *
     * @param report receives a location and the problem there
     * @param readsVoxels whether all chunks are decoded
     */
    public VolumeCheck(Attempts attempts, BiConsumer<String, String> report, boolean readsVoxels) {
        this.attempts = attempts;
        this.report = report;
        this.readsVoxels = readsVoxels;
    }

    /** Reports a voxel size in the metadata that differs from {@code wanted}, the one in the path, both in Å. */
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
                                "its metadata give a voxel size of " + Arrays.toString(scale)
                                        + (volume.hasUnit() ? " Å" : " without a unit, so Å") + ", but its path gives "
                                        + wanted + " Å");
                        return;
                    }
                }
            });
        });
    }

    /**
     * Reports axes that an import would refuse, and scales that contradict the shapes of the levels.
     *
     * @param leading number of axes allowed before z, y and x
     * @param rule the expected axes, in words
     */
    public void shape(String location, Volume volume, int leading, String rule) {
        attempts.attempt(location, () -> {
            if (!volume.levels().isEmpty() && !isVolume(volume.level(0), leading)) {
                report.accept(location, "its shape is " + describe(volume.level(0)) + "; " + rule);
            }
        });
        attempts.attempt(location, () -> volume.contradiction().ifPresent(text -> report.accept(location, text)));
    }

    /** Returns whether a level has the axes z, y and x, with at most {@code leading} axes before them. */
    public static boolean isVolume(Level level, int leading) {
        return level.imageAxes().isVolume(level.shape(), leading);
    }

    /** Returns the shape and axes of a level, for messages. */
    public static String describe(Level level) {
        return level.imageAxes().describe(level.shape());
    }

    /** Reads all metadata, and all chunks if this check reads voxels, and reports failures. */
    public void readable(String location, Volume volume) {
        if (volume.levels().isEmpty()) {
            report.accept(location, "was created but not completely written; it holds no image");
            return;
        }
        if (volume.overrulesImage()) {
            report.accept(
                    location,
                    "its zarr.json describes no image, but the Zarr v2 metadata beside it do; readers use zarr.json,"
                            + " so delete it if the image is Zarr v2");
        } else {
            for (String stray : volume.strayMetadata()) {
                report.accept(
                        location, "the stray " + stray + " of another Zarr version is ignored; it can be deleted");
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
