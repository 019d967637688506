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

/** A 3D image of a run. Its features may lie in another layer than the tomogram itself. */
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

    /** {@return the voxel spacing that this tomogram belongs to} */
    public VoxelSpacing voxelSpacing() {
        return voxelSpacing;
    }

    /** {@return the type of reconstruction or processing, such as {@code wbp} or {@code denoised}} */
    public String type() {
        return key.type();
    }

    @Override
    public double voxelSize() {
        return voxelSpacing.voxelSize();
    }

    /** {@return the image, with axes z, y, x} Reads its metadata on first use. */
    @Override
    public Volume volume() {
        return volume.get();
    }

    /**
     * {@return the features of this tomogram, sorted by type}
     *
     * <p>Costs one listing of the voxel spacing per layer on first use. An {@linkplain Root#unmerged unmerged} view may
     * have several copies of a tomogram; each copy then lists the features of all layers, as in Python.
     */
    public List<Features> features() {
        return features.all();
    }

    /**
     * {@return the features of this type, or empty if there are none}
     *
     * @param type exact type of the features, such as {@code sobel}
     */
    public Optional<Features> findFeatures(String type) {
        return features.find(new EntityKey.Features(key.run(), key.size(), key.type(), type));
    }

    /**
     * {@return the features of this type}
     *
     * @param type exact type of the features, such as {@code sobel}
     * @throws NotFoundException if there are none
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
     * {@return a writable version of this tomogram: itself if it is writable, otherwise a new copy in the writable
     * layer}
     *
     * <p>The copy contains everything that is stored and shadows this tomogram from then on.
     *
     * @throws org.copick.error.AlreadyExistsException if the writable layer has a copy already, which is not changed;
     *     look the entity up again
     * @throws org.copick.error.ReadOnlyException if this tomogram is read-only and the project has no writable layer
     */
    public Tomogram writableCopy() {
        if (!readOnly()) {
            return this;
        }
        Entry copied = EntityCopy.shadow(this);
        voxelSpacing.refresh();
        return new Tomogram(voxelSpacing, copied);
    }

    /**
     * Creates features of this tomogram, with {@linkplain VolumeOptions#defaults() the default options}.
     *
     * <p>See {@link #newFeatures(String, VolumeData, VolumeOptions)}.
     *
     * @param type type of the features, such as {@code sobel}
     * @param data the elements, in the order z, y, x or feature, z, y, x
     * @return the new features
     */
    public Features newFeatures(String type, VolumeData data) {
        return newFeatures(type, data, VolumeOptions.defaults());
    }

    /**
     * Creates features of this tomogram, or handles existing ones as requested.
     *
     * <p>See {@link #newFeatures(String, VolumeData, VolumeOptions)}.
     *
     * @param type type of the features, such as {@code sobel}
     * @param data the elements, in the order z, y, x or feature, z, y, x
     * @param onExisting what to do if this tomogram has features of this type
     * @return the features: new, replaced or reused
     */
    public Features newFeatures(String type, VolumeData data, OnExisting onExisting) {
        return newFeatures(type, data, VolumeOptions.defaults().onExisting(onExisting));
    }

    /**
     * Creates features of this tomogram in the writable layer, whichever layer the tomogram itself lies in.
     *
     * @param type the type of features, such as {@code sobel}
     * @param data the elements, in the order z, y, x or feature, z, y, x
     * @param options format, levels and element type, and what to do with existing features
     * @return the features: new, or replaced or reused as the options say
     * @throws org.copick.error.InvalidNameException if the type is not allowed for new features
     * @throws org.copick.error.AlreadyExistsException if any layer has features of this type, unless the options allow
     *     it
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public Features newFeatures(String type, VolumeData data, VolumeOptions options) {
        EntityKey.Features wanted = new EntityKey.Features(
                key.run(), key.size(), key.type(), EntityNames.checkedForCreation("feature type", type));
        return features.made(
                VolumeWrite.create(root(), wanted, options, write -> write.features(data, voxelSpacing.voxelSize())));
    }

    /** Discards the listing of features and the cached metadata. */
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
