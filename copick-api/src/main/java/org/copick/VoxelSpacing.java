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

    public Run run() {
        return run;
    }

    /** In Å, rounded to three decimals. */
    public double voxelSize() {
        return key.size().angstrom();
    }

    /** By type. One listing for each layer the first time. */
    public List<Tomogram> tomograms() {
        return tomograms.all();
    }

    /** The tomogram of that type, such as {@code wbp}. */
    public Optional<Tomogram> findTomogram(String type) {
        return tomograms.find(new EntityKey.Tomogram(key.run(), key.size(), type));
    }

    /**
     * The tomogram of that type.
     *
     * @throws NotFoundException when there is none
     */
    public Tomogram tomogram(String type) {
        return findTomogram(type)
                .orElseThrow(() -> new NotFoundException("no tomogram \"" + type + "\" at " + location()));
    }

    /**
     * Creates a tomogram in the writable layer, with {@linkplain VolumeOptions#defaults() the usual options}.
     *
     * @param type a name for its processing; may not hold underscores nor {@code features}
     * @param data z, y, x
     */
    public Tomogram newTomogram(String type, VolumeData data) {
        return newTomogram(type, data, VolumeOptions.defaults());
    }

    /** Creates a tomogram, or does what is asked for with the one there is. */
    public Tomogram newTomogram(String type, VolumeData data, OnExisting onExisting) {
        return newTomogram(type, data, VolumeOptions.defaults().onExisting(onExisting));
    }

    /**
     * Creates a tomogram in the writable layer. Of several who create the same one, exactly one does as far as the store
     * can tell. What a failure leaves is told in {@link org.copick.zarr.ImageWriter}.
     *
     * @throws org.copick.error.InvalidNameException for a name that may not be created
     * @throws org.copick.error.AlreadyExistsException when any layer has it, unless the options say otherwise
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Tomogram newTomogram(String type, VolumeData data, VolumeOptions options) {
        EntityKey.Tomogram tomogram =
                new EntityKey.Tomogram(key.run(), key.size(), EntityNames.checkedTomogramType(type));
        return tomograms.made(
                VolumeWrite.create(root(), tomogram, options, write -> write.tomogram(data, voxelSize())));
    }

    /** Names in this voxel spacing that could not be parsed. */
    public List<UnparsableName> unparsableNames() {
        return tomograms.unparsableNames();
    }

    /** Forgets the listing. */
    @Override
    public void refresh() {
        tomograms.refresh();
    }

    @Override
    void forget() {
        run.refreshVoxelSpacings();
    }
}
