package org.copick;

import java.util.List;
import java.util.Optional;
import org.copick.error.NotFoundException;
import org.copick.spi.EntityKey;
import org.copick.spi.EntityKind;
import org.copick.spi.Entry;

/** A 3D image. Its features may lie in another layer than the tomogram itself. */
public final class Tomogram extends Entity {
    private final VoxelSpacing voxelSpacing;
    private final EntityKey.Tomogram key;
    private final Children<Features> features;
    private final Cached<Volume> volume;

    Tomogram(VoxelSpacing voxelSpacing, Entry entry) {
        super(voxelSpacing.root(), entry);
        this.voxelSpacing = voxelSpacing;
        this.key = (EntityKey.Tomogram) entry.key();
        this.features = new Children<>(root(), EntityKind.FEATURES, key, e -> new Features(this, e));
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
    public Volume volume() {
        return volume.get();
    }

    /** By type. One listing of the voxel spacing for each layer the first time. */
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

    /** Forgets the listing and the metadata. */
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
