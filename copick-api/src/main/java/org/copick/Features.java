package org.copick;

import org.copick.entity.EntityKey;
import org.copick.spi.Entry;
import org.copick.zarr.Downscaling;
import org.copick.zarr.Region;

/** An image computed from a tomogram. */
public final class Features extends Entity implements VolumeEntity {
    private final Tomogram tomogram;
    private final EntityKey.Features key;
    private final Lazy<Volume> volume;

    Features(Tomogram tomogram, Entry entry) {
        super(tomogram.root(), entry);
        this.tomogram = tomogram;
        this.key = (EntityKey.Features) entry.key();
        this.volume = Volume.cached(root(), entry);
    }

    @Override
    public EntityKey.Features key() {
        return key;
    }

    public Tomogram tomogram() {
        return tomogram;
    }

    /** The kind of features, such as {@code sobel}. */
    public String type() {
        return key.type();
    }

    /** The image, axes z, y, x or feature, z, y, x. Reads its metadata the first time. */
    @Override
    public Volume volume() {
        return volume.get();
    }

    @Override
    public void write(VolumeData data, VolumeOptions options) {
        requireWritable("write");
        VolumeWrite.replace(root(), entry(), options)
                .features(data, tomogram.voxelSpacing().voxelSize());
        volume.clear();
    }

    @Override
    public void writeRegion(Region region, VolumeData data, VolumeOptions options) {
        requireWritable("write");
        VolumeRegions.write(volume(), region, data);
    }

    @Override
    public void updateLevels(Region changed) {
        requireWritable("write");
        VolumeRegions.updateLevels(volume(), changed, Downscaling.MEAN);
    }

    /**
     * A copy in the writable layer, which then shadows this one; this one when it is writable already.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Features writableCopy() {
        if (!readOnly()) {
            return this;
        }
        Entry copied = EntityCopy.shadow(this);
        tomogram.refreshFeatures();
        return new Features(tomogram, copied);
    }

    /** Forgets the metadata. */
    @Override
    public void refresh() {
        root().forgetListings();
        volume.clear();
    }

    @Override
    void forget() {
        tomogram.refreshFeatures();
    }
}
