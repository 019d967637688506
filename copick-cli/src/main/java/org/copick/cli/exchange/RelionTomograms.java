package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.entity.VoxelSize;
import org.copick.exchange.RelionTomogram;
import org.copick.exchange.StarFile;
import org.jspecify.annotations.Nullable;

/** Properties of the tomograms of particles, from options, a tomograms.star, or the project. */
final class RelionTomograms {
    private final Root root;
    private final Map<String, RelionTomogram> listed;
    private final @Nullable Double voxelSize;
    private final @Nullable Double pixelSize;
    private final @Nullable String tomogramType;

    RelionTomograms(
            Root root,
            @Nullable Path tomogramsStar,
            @Nullable Double voxelSize,
            @Nullable Double pixelSize,
            @Nullable String tomogramType) {
        // as in Python, the centre comes from a shared tomogram before one in the overlay
        this.root = root.unmerged();
        this.listed = tomogramsStar == null ? Map.of() : RelionTomogram.readAll(StarFile.read(tomogramsStar));
        this.voxelSize = voxelSize;
        this.pixelSize = pixelSize;
        this.tomogramType = tomogramType;
    }

    /** Returns the known properties of the tomogram of a run. */
    RelionTomogram of(String run) {
        return of(listed.getOrDefault(run, RelionTomogram.named(run)), run);
    }

    /**
     * Returns the known properties of a tomogram.
     *
     * @param name the name in STAR files; empty if they do not name it
     * @param run the run of the tomogram in the project
     */
    RelionTomogram of(String name, String run) {
        RelionTomogram row = WarpNames.of(name.isEmpty() ? run : name).stream()
                .filter(listed::containsKey)
                .map(listed::get)
                .findFirst()
                .orElseGet(() -> RelionTomogram.named(run));
        return of(row, run);
    }

    private RelionTomogram of(RelionTomogram row, String run) {
        RelionTomogram known = row;
        if (pixelSize != null) {
            known = known.withPixelSize(pixelSize);
        }
        Optional<Run> stored = root.findRun(run);
        if (known.center() == null && stored.isPresent()) {
            known = known.withCenter(center(stored.get()));
        }
        if (voxelSize != null) {
            return known.withVoxelSpacing(voxelSize);
        }
        return known.withVoxelSpacing(
                stored.flatMap(r -> r.voxelSpacings().stream().findFirst())
                        .map(VoxelSpacing::voxelSize)
                        .orElse(null));
    }

    /** Returns the centre of the first matching tomogram, in order of voxel size, or null. */
    private RelionTomogram.@Nullable Center center(Run run) {
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            if (voxelSize != null
                    && !new VoxelSize(voxelSize).equals(spacing.key().size())) {
                continue;
            }
            for (Tomogram tomogram : spacing.tomograms()) {
                boolean wanted = tomogramType == null || tomogramType.equals(tomogram.type());
                if (wanted && !tomogram.volume().levels().isEmpty()) {
                    return RelionTomogram.Center.of(tomogram.volume().level(0).shape(), spacing.voxelSize());
                }
            }
        }
        return null;
    }
}
