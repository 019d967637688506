package org.copick;

import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.storage.ObjectStore;

/** Finds single entities of a project and opens their images, from prefetched listings where there are any. */
final class EntityLookup {
    private final Root root;

    EntityLookup(Root root) {
        this.root = root;
    }

    /**
     * Looks up one entity. A found one may have been listed a short time ago, by a lookup of another entity of its run; a
     * missing one was looked up now.
     */
    Optional<Entry> find(EntityKey key) {
        Backend all = root.backend();
        Backend view = root.prefetching();
        Optional<Entry> found = view.find(key);
        return found.isPresent() || view == all ? found : all.find(key);
    }

    /** The image of an entry, whose metadata are looked for where a listing has seen them. */
    Volume volume(Entry entry) {
        Backend all = root.backend();
        Backend view = root.prefetching();
        ObjectStore space = all.open(entry);
        boolean features = entry.key().kind() == EntityKind.FEATURES;
        Volume volume = Volume.open(root.context().zarr(), view.open(entry), space, features);
        if (volume.zarrFormat().isEmpty() && view != all) {
            volume = Volume.open(root.context().zarr(), space, space, features);
        }
        return volume.zarrFormat().isPresent()
                ? volume
                : replaced(entry, features).orElse(volume);
    }

    /** A volume that is being replaced since it was looked up, where it lies now. */
    private Optional<Volume> replaced(Entry entry, boolean features) {
        return root.backend()
                .find(entry.key())
                .filter(now ->
                        now.layer().equals(entry.layer()) && !now.handle().equals(entry.handle()))
                .map(now -> root.backend().open(now))
                .map(space -> Volume.open(root.context().zarr(), space, space, features));
    }
}
