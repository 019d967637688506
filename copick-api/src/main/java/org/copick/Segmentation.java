package org.copick;

import java.util.List;
import org.copick.config.Color;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.spi.Entry;
import org.copick.zarr.Downscaling;
import org.copick.zarr.Region;

/** A label image of a run at one voxel spacing. */
public final class Segmentation extends Entity implements Annotation {
    private static final Color MANY_OBJECTS = new Color(128, 128, 128, 0);

    private final Run run;
    private final EntityKey.Segmentation key;
    private final Lazy<Volume> volume;

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

    /** The type, which says how to interpret the voxel values. */
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

    /**
     * Replaces this segmentation as a whole, whatever others have written meanwhile; see {@link Entity}.
     *
     * @param data z, y, x; of a panoptic one 2, z, y, x: labels and instances
     * @throws org.copick.error.InvalidDataException for labels that it may not hold; nothing changes then
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     */
    public void replace(VolumeData data, VolumeOptions options) {
        requireWritable("write");
        VolumeWrite.replace(root(), entry(), options).labels(data, key);
        volume.clear();
    }

    /**
     * Changes a box of level 0. Costs as much as the chunks that the box touches, each of which takes effect as a whole;
     * other levels follow when {@link #updateLevels} is called. Type, layout and codecs of the array stay.
     *
     * @param box in level 0: z, y, x, or of a panoptic segmentation channel, z, y, x
     * @param labels as many elements as the box has, in its shape
     * @throws IllegalArgumentException when the box is not within level 0, or the labels have another shape
     * @throws org.copick.error.InvalidDataException for labels that this segmentation or its array may not hold; nothing is
     *     changed then
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     */
    public void paint(Region box, VolumeData labels) {
        paint(box, labels, VolumeOptions.defaults());
    }

    /** Changes a box like {@link #paint(Region, VolumeData)}; of the options only {@link VolumeOptions#anyLabels} counts. */
    public void paint(Region box, VolumeData labels, VolumeOptions options) {
        requireWritable("write");
        new Painting(this, box, labels, options).run();
    }

    /**
     * Brings the other levels up to date with level 0, all of them.
     *
     * @throws org.copick.error.UnsupportedFeatureException when a level is not half as long as the one before
     */
    public void updateLevels() {
        updateLevels(Region.all(volume().level(0).shape()));
    }

    /**
     * Brings the other levels up to date with a changed box of level 0. Costs as much as their chunks that this touches.
     *
     * @throws IllegalArgumentException when the box is not within level 0
     */
    public void updateLevels(Region changed) {
        requireWritable("write");
        Region box = changed;
        List<Level> levels = volume().levels();
        volume().level(0).array().requireInside(changed);
        for (int i = 1; i < levels.size(); i++) {
            box = Downscaling.NEAREST.update(
                    levels.get(i - 1).array(), levels.get(i).array(), box);
        }
    }

    /**
     * The instances of an instance segmentation, in order. Reads all of level 0, chunk by chunk.
     *
     * @throws org.copick.error.UnsupportedFeatureException for other types; of panoptic ones ask for
     *     {@link #segments}
     */
    public List<Long> instanceIds() {
        return new SegmentScan(this).instances();
    }

    /**
     * The segments of a panoptic segmentation, by object and instance. Reads all of level 0, chunk by chunk.
     *
     * @throws org.copick.error.UnsupportedFeatureException for other types
     */
    public List<Segment> segments() {
        return new SegmentScan(this).segments();
    }

    /**
     * A part of a panoptic segmentation.
     *
     * @param object its name, or its label where no object of the configuration has that
     * @param instance 0 for a region that is not split into instances
     */
    public record Segment(String object, long instance) {}

    /**
     * The labels of a panoptic segmentation, z, y, x: the multilabel segmentation that it contains.
     *
     * @throws org.copick.error.UnsupportedFeatureException for other types
     */
    public VolumeData labelVolume() {
        return new SegmentScan(this).labels();
    }

    /**
     * The instances of one object of a panoptic segmentation, z, y, x: the instance segmentation that it contains.
     *
     * @throws org.copick.error.NotFoundException when the configuration has no such object, or no label for it
     * @throws org.copick.error.UnsupportedFeatureException for other types
     */
    public VolumeData instanceVolume(String object) {
        return new SegmentScan(this).instancesOf(root().object(object));
    }

    /**
     * A copy in the writable layer, which then shadows this one; this one when it is writable already.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Segmentation writableCopy() {
        if (!readOnly()) {
            return this;
        }
        Entry copied = EntityCopy.shadow(this);
        run.refreshSegmentations();
        return new Segmentation(run, copied);
    }

    /** Forgets the metadata. */
    public void refresh() {
        root().forgetListings();
        volume.clear();
    }

    @Override
    void forget() {
        run.refreshSegmentations();
    }
}
