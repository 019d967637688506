package org.copick.cli;

import java.util.ArrayList;
import java.util.List;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.spi.EntityKey;
import org.copick.spi.EntityKind;

/** All entities of a run, and what people call them. */
final class EntityWalk {
    /** The kinds that have copick URIs, in the order of lists. */
    static final List<EntityKind> WITH_URI = List.of(
            EntityKind.TOMOGRAM,
            EntityKind.FEATURES,
            EntityKind.PICKS,
            EntityKind.FILAMENTS,
            EntityKind.MESH,
            EntityKind.SEGMENTATION);

    private EntityWalk() {}

    /** The run, then everything in it. */
    static List<Entity> of(Run run) {
        List<Entity> all = new ArrayList<>();
        all.add(run);
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            all.add(spacing);
            for (Tomogram tomogram : spacing.tomograms()) {
                all.add(tomogram);
                all.addAll(tomogram.features());
            }
        }
        all.addAll(run.picks());
        all.addAll(run.filaments());
        all.addAll(run.meshes());
        all.addAll(run.segmentations());
        return all;
    }

    /** The copick URI, or the plain name of what has none. */
    static String nameOf(Entity entity) {
        if (entity.key() instanceof EntityKey.Run run) {
            return run.run();
        }
        if (entity.key() instanceof EntityKey.Spacing spacing) {
            return spacing.size().text();
        }
        return CopickUri.of(entity.key());
    }
}
