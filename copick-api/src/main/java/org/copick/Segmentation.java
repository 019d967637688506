package org.copick;

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
import org.copick.zarr.Numbers;
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

    /** {@return the name of the object, or the free name of a multilabel or panoptic segmentation} */
    public String name() {
        return key.object();
    }

    /** {@return the type, which defines how to interpret the voxel values} */
    public SegmentationType type() {
        return key.type();
    }

    @Override
    public double voxelSize() {
        return key.size().angstrom();
    }

    /** {@return the colour of the object, or a transparent grey if there is no single object (spec section 2.13)} */
    public Color color() {
        return switch (type()) {
            case MULTILABEL, PANOPTIC -> MANY_OBJECTS;
            case BINARY, INSTANCE ->
                root().findObject(name()).map(PickableObject::color).orElse(MANY_OBJECTS);
        };
    }

    /**
     * {@return the label image, with axes z, y, x, or channel, z, y, x for a panoptic segmentation}
     *
     * <p>Reads the metadata on first use.
     */
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
     * Fills a box of the full resolution with an object.
     *
     * <p>Writes the label of the object in a multilabel segmentation, and 1 in a binary one. Costs as much as {@link
     * #writeRegion}.
     *
     * @param region a box of level 0: z, y, x
     * @param object the object that fills the box
     * @throws IllegalArgumentException if the box is not within level 0, or this is a binary segmentation of another
     *     object
     * @throws org.copick.error.InvalidDataException if the object has no label, or its label does not fit the stored
     *     type
     * @throws org.copick.error.UnsupportedFeatureException if this is an instance or panoptic segmentation, because an
     *     object does not identify an instance; write the region instead
     * @throws org.copick.error.ReadOnlyException if this segmentation lies in a read-only layer
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
                                + ": it distinguishes instances; fill it with an instance number, or write the"
                                + " region");
                });
    }

    /**
     * Fills a box of the full resolution with one label. Costs as much as {@link #writeRegion}.
     *
     * @param region a box of level 0: z, y, x; for a panoptic segmentation channel, z, y, x
     * @param label the value of all voxels of the box; 0 erases
     */
    public void fill(Region region, long label) {
        // one byte for each voxel is enough for most labels
        DataType type = label >= 0 && label <= 255 ? DataType.UINT8 : DataType.INT64;
        BoxSource same = (box, into) -> {
            Numbers elements = new Numbers(type, into);
            for (int i = 0; i < elements.size(); i++) {
                elements.put(i, label);
            }
        };
        writeRegion(region, VolumeData.of(type, same, region.shape()));
    }

    /**
     * {@return the instances of an instance segmentation, in ascending order} Reads all of level 0, chunk by chunk.
     *
     * @throws org.copick.error.UnsupportedFeatureException if this is another type; for panoptic segmentations use
     *     {@link #segments}
     */
    public List<Long> instanceIds() {
        return new SegmentScan(this).instances();
    }

    /**
     * {@return the segments of a panoptic segmentation, sorted by object and instance}
     *
     * <p>Reads all of level 0, chunk by chunk.
     *
     * @throws org.copick.error.UnsupportedFeatureException if this is another type
     */
    public List<Segment> segments() {
        return new SegmentScan(this).segments();
    }

    /**
     * A segment of a panoptic segmentation.
     *
     * @param object the name of the object, or the label if no object of the configuration has it
     * @param instance the instance, or 0 for a region that is not divided into instances
     */
    public record Segment(String object, long instance) {
        /**
         * Creates a segment.
         *
         * @param object the name of the object, or the label if no object of the configuration has it
         * @param instance the instance, or 0 for a region that is not divided into instances
         */
        public Segment {
            Objects.requireNonNull(object, "object");
        }
    }

    /**
     * {@return the labels of a panoptic segmentation, z, y, x: the multilabel segmentation that it contains}
     *
     * @throws org.copick.error.UnsupportedFeatureException if this is another type
     */
    public VolumeData labelVolume() {
        return new SegmentScan(this).labels();
    }

    /**
     * {@return the instances of one object in a panoptic segmentation, z, y, x}
     *
     * <p>The result is the instance segmentation that it contains.
     *
     * @param object name of an object that has a label in the configuration
     * @throws org.copick.error.NotFoundException if the configuration has no such object, or no label for it
     * @throws org.copick.error.UnsupportedFeatureException if this is another type
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

    /** Discards the cached metadata and prefetched listings. */
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
