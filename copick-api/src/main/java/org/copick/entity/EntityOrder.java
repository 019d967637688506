package org.copick.entity;

import java.util.Comparator;
import org.copick.storage.KeyOrder;

/**
 * The order of entities in every list: voxel spacings by size, everything else by name.
 *
 * <p>The name is that of the entity in the copick layout, compared by code point. Python lists runs, picks, meshes,
 * filaments and segmentations in this order too (spec section 2.2).
 */
public final class EntityOrder implements Comparator<EntityKey> {
    /** The only instance. */
    public static final EntityOrder INSTANCE = new EntityOrder();

    private EntityOrder() {}

    @Override
    public int compare(EntityKey a, EntityKey b) {
        if (a instanceof EntityKey.Spacing left && b instanceof EntityKey.Spacing right) {
            return left.size().compareTo(right.size());
        }
        if (a instanceof EntityKey.Segmentation left && b instanceof EntityKey.Segmentation right) {
            int byFolder = Integer.compare(folder(left.type()), folder(right.type()));
            if (byFolder != 0) {
                return byFolder;
            }
        }
        return KeyOrder.BY_CODE_POINT.compare(name(a), name(b));
    }

    private static int folder(SegmentationType type) {
        return switch (type) {
            case BINARY, MULTILABEL -> 0;
            case INSTANCE -> 1;
            case PANOPTIC -> 2;
        };
    }

    private static String name(EntityKey key) {
        if (key instanceof EntityKey.Segmentation s) {
            String suffix = s.type() == SegmentationType.MULTILABEL ? "-multilabel" : "";
            return s.size().text() + "_" + s.user() + "_" + s.session() + "_" + s.object() + suffix + ".zarr";
        }
        if (key instanceof EntityKey.Annotation a) {
            return a.user() + "_" + a.session() + "_" + a.object() + (a instanceof EntityKey.Mesh ? ".glb" : ".json");
        }
        if (key instanceof EntityKey.Features f) {
            return f.type();
        }
        if (key instanceof EntityKey.Tomogram t) {
            return t.type();
        }
        if (key instanceof EntityKey.DensityMap d) {
            return d.object();
        }
        return ((EntityKey.InRun) key).run();
    }

    @Override
    public String toString() {
        return "order of entities in lists";
    }
}
