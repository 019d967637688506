package org.copick;

import org.copick.config.Color;
import org.copick.spi.EntityKey;
import org.copick.spi.Entry;
import org.copick.spi.SegmentationType;

/** A label image of a run at one voxel spacing. */
public final class Segmentation extends Entity implements Annotation {
    private static final Color MANY_OBJECTS = new Color(128, 128, 128, 0);

    private final Run run;
    private final EntityKey.Segmentation key;
    private final Cached<Volume> volume;

    Segmentation(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
        this.key = (EntityKey.Segmentation) entry.key();
        this.volume = Volume.cached(root(), entry);
    }

    @Override
    public EntityKey.Segmentation key() {
        return key;
    }

    @Override
    public Run run() {
        return run;
    }

    /** The object, or a free name for multilabel and panoptic segmentations. */
    public String name() {
        return key.object();
    }

    /** What the voxel values mean. */
    public SegmentationType type() {
        return key.type();
    }

    /** In Å, rounded to three decimals. */
    public double voxelSize() {
        return key.size().angstrom();
    }

    /** The object's colour; a transparent grey where there is no single object (spec section 2.13). */
    public Color color() {
        return switch (type()) {
            case MULTILABEL, PANOPTIC -> MANY_OBJECTS;
            case BINARY, INSTANCE ->
                root().findObject(name()).map(PickableObject::color).orElse(MANY_OBJECTS);
        };
    }

    /** The labels, axes z, y, x; of a panoptic segmentation channel, z, y, x. Reads the metadata the first time. */
    public Volume volume() {
        return volume.get();
    }

    /** Forgets the metadata. */
    public void refresh() {
        volume.clear();
    }

    @Override
    void forget() {
        run.refreshSegmentations();
    }
}
