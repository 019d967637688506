package org.copick;

import java.util.List;
import java.util.Optional;
import org.copick.error.NotFoundException;
import org.copick.spi.EntityKey;
import org.copick.spi.EntityKind;
import org.copick.spi.Entry;

/** The tomograms of a run at one resolution. */
public final class VoxelSpacing extends Entity {
    private final Run run;
    private final EntityKey.Spacing key;
    private final Children<Tomogram> tomograms;

    VoxelSpacing(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
        this.key = (EntityKey.Spacing) entry.key();
        this.tomograms = new Children<>(root(), EntityKind.TOMOGRAM, key, e -> new Tomogram(this, e));
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

    /** Forgets the listing. */
    public void refresh() {
        tomograms.refresh();
    }

    @Override
    void forget() {
        run.refreshVoxelSpacings();
    }
}
