package org.copick;

import java.util.List;
import java.util.Optional;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.UnparsableName;
import org.copick.error.NotFoundException;
import org.copick.spi.Entry;

/** The tomograms of a run at one resolution. */
public final class VoxelSpacing extends Entity {
    private final Run run;
    private final EntityKey.Spacing key;
    private final EntityList<Tomogram> tomograms;

    VoxelSpacing(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
        this.key = (EntityKey.Spacing) entry.key();
        this.tomograms = new EntityList<>(root(), EntityKind.TOMOGRAM, key, e -> new Tomogram(this, e));
    }

    @Override
    public EntityKey.Spacing key() {
        return key;
    }

    /** {@return the run that this voxel spacing belongs to} */
    public Run run() {
        return run;
    }

    /** {@return the voxel size in Å, rounded to three decimals} */
    public double voxelSize() {
        return key.size().angstrom();
    }

    /** {@return the tomograms, sorted by type} Costs one listing per layer on first use. */
    public List<Tomogram> tomograms() {
        return tomograms.all();
    }

    /**
     * {@return the tomograms that pass the filter, of every type}
     *
     * @param filter the conditions on what the catalogue knows about tomograms
     * @throws NotFoundException if tomograms have no such field in this project
     */
    public List<Tomogram> tomograms(MetadataFilter filter) {
        return tomograms().stream()
                .filter(filter.on(root(), EntityKind.TOMOGRAM))
                .toList();
    }

    /**
     * {@return the tomogram of this type, or empty if there is none}
     *
     * @param type exact type of the tomogram, such as {@code wbp}
     */
    public Optional<Tomogram> findTomogram(String type) {
        return tomograms.find(new EntityKey.Tomogram(key.run(), key.size(), type));
    }

    /**
     * {@return the tomogram of this type}
     *
     * @param type exact type of the tomogram, such as {@code wbp}
     * @throws NotFoundException if there is none
     */
    public Tomogram tomogram(String type) {
        return findTomogram(type)
                .orElseThrow(() -> new NotFoundException("no tomogram \"" + type + "\" at " + location()));
    }

    /**
     * Creates a tomogram in the writable layer, with {@linkplain VolumeOptions#defaults() the default options}.
     *
     * @param type a name for its processing; must not contain underscores or {@code features}
     * @param data the elements, in the order z, y, x
     * @return the new tomogram
     */
    public Tomogram newTomogram(String type, VolumeData data) {
        return newTomogram(type, data, VolumeOptions.defaults());
    }

    /**
     * Creates a tomogram, or handles an existing one as requested.
     *
     * <p>See {@link #newTomogram(String, VolumeData, VolumeOptions)}.
     *
     * @param type a name for its processing; must not contain underscores or {@code features}
     * @param data the elements, in the order z, y, x
     * @param onExisting what to do if there is a tomogram of this type
     * @return the tomogram: new, replaced or reused
     */
    public Tomogram newTomogram(String type, VolumeData data, OnExisting onExisting) {
        return newTomogram(type, data, VolumeOptions.defaults().onExisting(onExisting));
    }

    /**
     * Creates a tomogram in the writable layer.
     *
     * <p>If several threads or programs create the same tomogram, exactly one succeeds, provided the store supports
     * conditional writes. {@link org.copick.zarr.ImageWriter} describes the state after a failure.
     *
     * @param type a name for its processing; must not contain underscores or {@code features}
     * @param data the elements, in the order z, y, x
     * @param options format, levels and element type, and what to do with an existing tomogram
     * @return the tomogram: new, or replaced or reused as the options say
     * @throws org.copick.error.InvalidNameException if the type is not allowed for new tomograms
     * @throws org.copick.error.AlreadyExistsException if any layer has a tomogram of this type, unless the options
     *     allow it
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public Tomogram newTomogram(String type, VolumeData data, VolumeOptions options) {
        EntityKey.Tomogram tomogram =
                new EntityKey.Tomogram(key.run(), key.size(), EntityNames.checkedTomogramType(type));
        return tomograms.made(
                VolumeWrite.create(root(), tomogram, options, write -> write.tomogram(data, voxelSize())));
    }

    /** {@return the names in this voxel spacing that could not be parsed} */
    public List<UnparsableName> unparsableNames() {
        return tomograms.unparsableNames();
    }

    /** Discards the listing of tomograms. */
    @Override
    public void refresh() {
        tomograms.refresh();
    }

    @Override
    void forget() {
        run.refreshVoxelSpacings();
    }
}
