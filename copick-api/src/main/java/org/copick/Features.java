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

    /** {@return the tomogram from which these features were computed} */
    public Tomogram tomogram() {
        return tomogram;
    }

    /** {@return the type of features, such as {@code sobel}} */
    public String type() {
        return key.type();
    }

    /** {@return the image, with axes z, y, x or feature, z, y, x} Reads its metadata on first use. */
    @Override
    public Volume volume() {
        return volume.get();
    }

    @Override
    public double voxelSize() {
        return tomogram.voxelSize();
    }

    @Override
    public void write(VolumeData data, VolumeOptions options) {
        requireWritable("write");
        VolumeWrite.replace(root(), entry(), options).features(data, voxelSize());
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
     * {@return a writable version of these features: themselves if they are writable, otherwise a new copy}
     *
     * <p>The copy in the writable layer contains everything that is stored and shadows these features from then on.
     *
     * @throws org.copick.error.AlreadyExistsException if the writable layer has a copy already, which is not changed;
     *     look the entity up again
     * @throws org.copick.error.ReadOnlyException if these features are read-only and the project has no writable layer
     */
    public Features writableCopy() {
        if (!readOnly()) {
            return this;
        }
        Entry copied = EntityCopy.shadow(this);
        tomogram.refreshFeatures();
        return new Features(tomogram, copied);
    }

    /** Discards the cached metadata and prefetched listings. */
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
