package org.copick;

import java.util.Comparator;
import java.util.List;
import org.copick.spi.EntityKey;
import org.copick.spi.EntityKind;
import org.copick.spi.EntityOrder;
import org.copick.spi.VoxelSize;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/** A walk over everything that backends list. */
final class LayerWalk {
    /** By run, then by kind, in the order of lists; density maps last. */
    static final Comparator<EntityKey> ORDER = Comparator.<EntityKey, Boolean>comparing(
                    key -> key instanceof EntityKey.DensityMap)
            .thenComparing(key -> key instanceof EntityKey.InRun inRun ? inRun.run() : "", KeyOrder.BY_CODE_POINT)
            .thenComparing(EntityKey::kind)
            .thenComparing(LayerWalk::size)
            .thenComparing(key -> key instanceof EntityKey.Features f ? f.tomogram() : "", KeyOrder.BY_CODE_POINT)
            .thenComparing(EntityOrder.INSTANCE);

    private LayerWalk() {}

    /** Looks at one list and says which of the keys in it to look into. */
    @FunctionalInterface
    interface Visitor {
        List<EntityKey> visit(EntityKind kind, @Nullable EntityKey parent);
    }

    static void through(Visitor visitor) {
        for (EntityKey run : visitor.visit(EntityKind.RUN, null)) {
            for (EntityKey spacing : visitor.visit(EntityKind.VOXEL_SPACING, run)) {
                for (EntityKey tomogram : visitor.visit(EntityKind.TOMOGRAM, spacing)) {
                    visitor.visit(EntityKind.FEATURES, tomogram);
                }
            }
            visitor.visit(EntityKind.PICKS, run);
            visitor.visit(EntityKind.FILAMENTS, run);
            visitor.visit(EntityKind.MESH, run);
            visitor.visit(EntityKind.SEGMENTATION, run);
        }
        visitor.visit(EntityKind.DENSITY_MAP, null);
    }

    /** Voxel spacings and what is in them go by size; the order of segmentations is their own. */
    private static VoxelSize size(EntityKey key) {
        if (key instanceof EntityKey.Spacing spacing) {
            return spacing.size();
        } else if (key instanceof EntityKey.Tomogram tomogram) {
            return tomogram.size();
        }
        return key instanceof EntityKey.Features features ? features.size() : new VoxelSize(0);
    }
}
