package org.copick;

import org.copick.spi.EntityKey;
import org.copick.spi.Entry;

/** An image computed from a tomogram. */
public final class Features extends Entity {
    private final Tomogram tomogram;
    private final EntityKey.Features key;
    private final Cached<Volume> volume;

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

    /** What was computed, such as {@code sobel}. */
    public String type() {
        return key.type();
    }

    /** The image, axes z, y, x or feature, z, y, x. Reads its metadata the first time. */
    public Volume volume() {
        return volume.get();
    }

    /** Forgets the metadata. */
    public void refresh() {
        volume.clear();
    }

    @Override
    void forget() {
        tomogram.refreshFeatures();
    }
}
