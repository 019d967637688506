package org.copick;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.copick.config.Color;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.error.InvalidDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.spi.Entry;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.Region;

/** A label image of a run at one voxel spacing. */
public final class Segmentation extends Annotation implements VolumeEntity {
    private static final Color MANY_OBJECTS = new Color(128, 128, 128, 0);

    private final EntityKey.Segmentation key;
    private final Lazy<Volume> volume;

    Segmentation(Run run, Entry entry) {
        super(run, entry);
        this.key = (EntityKey.Segmentation) entry.key();
        this.volume = Volume.cached(root(), entry);
    }

    @Override
    public EntityKey.Segmentation key() {
        return key;
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
    @Override
    public Volume volume() {
        return volume.get();
    }

    @Override
    public void write(VolumeData data, VolumeOptions options) {
        requireWritable("write");
        VolumeWrite.replace(root(), entry(), options).labels(data, key);
        volume.clear();
    }

    @Override
    public void writeRegion(Region region, VolumeData data, VolumeOptions options) {
        requireWritable("write");
        new LabelRegion(this, region, data, options).write();
    }

    @Override
    public void updateLevels(Region changed) {
        requireWritable("write");
        VolumeRegions.updateLevels(volume(), changed, Downscaling.NEAREST);
    }

    /**
     * Marks a box of the full resolution as an object: with its label in a multilabel segmentation, with 1 in a binary one.
     * Costs what {@link #writeRegion} costs.
     *
     * @throws IllegalArgumentException when the box is not within level 0, or a binary segmentation is of another object
     * @throws org.copick.error.InvalidDataException when the object has no label, or its label does not fit
     * @throws org.copick.error.UnsupportedFeatureException for an instance or panoptic segmentation, where an object does not say
     *     which instance; write the region
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     */
    public void fill(Region region, PickableObject object) {
        fill(
                region,
                switch (type()) {
                    case BINARY -> {
                        if (!object.name().equals(name())) {
                            throw new IllegalArgumentException(location() + " is a binary segmentation of " + name()
                                    + ", not of " + object.name());
                        }
                        yield 1;
                    }
                    case MULTILABEL ->
                        object.label()
                                .orElseThrow(() -> new InvalidDataException("cannot write " + location()
                                        + ": the object " + object.name() + " has no label in the configuration"));
                    case INSTANCE, PANOPTIC ->
                        throw new UnsupportedFeatureException("cannot fill " + location() + " with " + object.name()
                                + ": it tells instances apart; fill it with the number of one, or write the region");
                });
    }

    /** Fills a box of the full resolution with one label; 0 takes labels away. Costs what {@link #writeRegion} costs. */
    public void fill(Region region, long label) {
        BoxSource same = (box, into) -> {
            into.order(ByteOrder.LITTLE_ENDIAN);
            while (into.hasRemaining()) {
                into.putLong(label);
            }
        };
        writeRegion(region, VolumeData.of(DataType.INT64, same, region.shape()));
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
    public record Segment(String object, long instance) {
        public Segment {
            Objects.requireNonNull(object, "object");
        }
    }

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

    @Override
    public Segmentation writableCopy() {
        if (!readOnly()) {
            return this;
        }
        Entry copied = EntityCopy.shadow(this);
        run().refreshSegmentations();
        return new Segmentation(run(), copied);
    }

    /** Forgets the metadata. */
    @Override
    public void refresh() {
        root().forgetListings();
        volume.clear();
    }

    @Override
    void forget() {
        run().refreshSegmentations();
    }
}
