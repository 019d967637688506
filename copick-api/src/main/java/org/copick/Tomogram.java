package org.copick;

import java.util.List;
import java.util.Optional;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.NotFoundException;
import org.copick.spi.Entry;
import org.copick.zarr.Downscaling;
import org.copick.zarr.Region;

/** A 3D image. Its features may lie in another layer than the tomogram itself. */
public final class Tomogram extends Entity implements VolumeEntity {
    private final VoxelSpacing voxelSpacing;
    private final EntityKey.Tomogram key;
    private final EntityList<Features> features;
    private final Lazy<Volume> volume;

    Tomogram(VoxelSpacing voxelSpacing, Entry entry) {
        super(voxelSpacing.root(), entry);
        this.voxelSpacing = voxelSpacing;
        this.key = (EntityKey.Tomogram) entry.key();
        this.features = new EntityList<>(root(), EntityKind.FEATURES, key, e -> new Features(this, e));
        this.volume = Volume.cached(root(), entry);
    }

    @Override
    public EntityKey.Tomogram key() {
        return key;
    }

    public VoxelSpacing voxelSpacing() {
        return voxelSpacing;
    }

    /** The reconstruction or processing, such as {@code wbp} or {@code denoised}. */
    public String type() {
        return key.type();
    }

    /** The image, axes z, y, x. Reads its metadata the first time. */
    @Override
    public Volume volume() {
        return volume.get();
    }

    /**
     * By type. One listing of the voxel spacing for each layer the first time. In an {@linkplain Root#unmerged unmerged}
     * view, which may have several copies of a tomogram, each copy lists the features of all layers, as in Python.
     */
    public List<Features> features() {
        return features.all();
    }

    /** The features of that type, such as {@code sobel}. */
    public Optional<Features> findFeatures(String type) {
        return features.find(new EntityKey.Features(key.run(), key.size(), key.type(), type));
    }

    /**
     * The features of that type.
     *
     * @throws NotFoundException when there are none
     */
    public Features features(String type) {
        return findFeatures(type)
                .orElseThrow(() -> new NotFoundException("no features \"" + type + "\" of " + location()));
    }

    @Override
    public void write(VolumeData data, VolumeOptions options) {
        requireWritable("write");
        VolumeWrite.replace(root(), entry(), options).tomogram(data, voxelSpacing.voxelSize());
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
     * A copy in the writable layer, which then shadows this one; this one when it is writable already. Everything is copied
     * as it is stored.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Tomogram writableCopy() {
        if (!readOnly()) {
            return this;
        }
        Entry copied = EntityCopy.shadow(this);
        voxelSpacing.refresh();
        return new Tomogram(voxelSpacing, copied);
    }

    /** Creates features of this tomogram, with {@linkplain VolumeOptions#defaults() the usual options}. */
    public Features newFeatures(String type, VolumeData data) {
        return newFeatures(type, data, VolumeOptions.defaults());
    }

    /** Creates features of this tomogram, or does what is asked for with those there are. */
    public Features newFeatures(String type, VolumeData data, OnExisting onExisting) {
        return newFeatures(type, data, VolumeOptions.defaults().onExisting(onExisting));
    }

    /**
     * Creates features of this tomogram in the writable layer, wherever the tomogram itself is.
     *
     * @param data z, y, x or feature, z, y, x
     * @throws org.copick.error.InvalidNameException for a name that may not be created
     * @throws org.copick.error.AlreadyExistsException when any layer has them, unless the options say otherwise
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Features newFeatures(String type, VolumeData data, VolumeOptions options) {
        EntityKey.Features wanted = new EntityKey.Features(
                key.run(), key.size(), key.type(), EntityNames.checkedForCreation("feature type", type));
        return features.made(
                VolumeWrite.create(root(), wanted, options, write -> write.features(data, voxelSpacing.voxelSize())));
    }

    /** Forgets the listing and the metadata. */
    @Override
    public void refresh() {
        features.refresh();
        volume.clear();
    }

    @Override
    void forget() {
        voxelSpacing.refresh();
    }

    void refreshFeatures() {
        features.refresh();
    }
}
