package org.copick;

import java.util.Comparator;
import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.EntityOrder;
import org.copick.entity.VoxelSize;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/** A walk over all entities that a backend lists. */
final class LayerWalk {
    /** Orders keys by run, then by kind, then as in listings; density maps come last. */
    static final Comparator<EntityKey> ORDER = Comparator.<EntityKey, Boolean>comparing(
                    key -> key instanceof EntityKey.DensityMap)
            .thenComparing(key -> key instanceof EntityKey.InRun inRun ? inRun.run() : "", KeyOrder.BY_CODE_POINT)
            .thenComparing(EntityKey::kind)
            .thenComparing(LayerWalk::size)
            .thenComparing(key -> key instanceof EntityKey.Features f ? f.tomogram() : "", KeyOrder.BY_CODE_POINT)
            .thenComparing(EntityOrder.INSTANCE);

    private final String location;
    private final LayerScope scope;
    private final Visitor visitor;

    private LayerWalk(String location, LayerScope scope, Visitor visitor) {
        this.location = location;
        this.scope = scope;
        this.visitor = visitor;
    }

    /** Visits one list and returns the entries whose contents to visit next. */
    @FunctionalInterface
    interface Visitor {
        List<Entry> visit(EntityKind kind, @Nullable EntityKey parent);
    }

    /** Visits everything in the scope that a backend lists. */
    static void through(Backend backend, LayerScope scope, Visitor visitor) {
        new LayerWalk(backend.layers().get(0).location(), scope, visitor).run();
    }

    private void run() {
        for (Entry run : visit(EntityKind.RUN, null)) {
            if (!(run.key() instanceof EntityKey.Run key && scope.runs().test(key.run()))) {
                continue;
            }
            for (Entry spacing : visit(EntityKind.VOXEL_SPACING, run)) {
                for (Entry tomogram : visit(EntityKind.TOMOGRAM, spacing)) {
                    visit(EntityKind.FEATURES, tomogram);
                }
            }
            EntityKind.annotations().forEach(kind -> visit(kind, run));
        }
        if (scope.densityMaps()) {
            visit(EntityKind.DENSITY_MAP, null);
        }
    }

    private List<Entry> visit(EntityKind kind, @Nullable Entry parent) {
        try {
            return visitor.visit(kind, parent == null ? null : parent.key());
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException e) {
            scope.unread().failed(parent == null ? location : parent.location(), e);
            return List.of();
        }
    }

    /** Returns the voxel size to order by; segmentations are ordered by {@link EntityOrder} instead. */
    private static VoxelSize size(EntityKey key) {
        if (key instanceof EntityKey.Spacing spacing) {
            return spacing.size();
        } else if (key instanceof EntityKey.Tomogram tomogram) {
            return tomogram.size();
        }
        return key instanceof EntityKey.Features features ? features.size() : new VoxelSize(0);
    }
}
