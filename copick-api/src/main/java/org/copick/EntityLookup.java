package org.copick;

import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.storage.ObjectStore;

/** Finds single entities of a project and opens their images, using prefetched listings if available. */
final class EntityLookup {
    private final Root root;

    EntityLookup(Root root) {
        this.root = root;
    }

    /**
     * Looks up one entity.
     *
     * <p>A result may come from a recent listing that the lookup of another entity in the same run made. A missing
     * entity is always looked up in the store.
     */
    Optional<Entry> find(EntityKey key) {
        Backend all = root.backend();
        Backend view = root.prefetching();
        Optional<Entry> found = view.find(key);
        return found.isPresent() || view == all ? found : all.find(key);
    }

    /** Opens the image of an entry. Metadata keys that a prefetched listing has seen are not searched for again. */
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

    /** Opens a volume at its current location if it has been replaced since the entry was looked up. */
    private Optional<Volume> replaced(Entry entry, boolean features) {
        return root.backend()
                .find(entry.key())
                .filter(now ->
                        now.layer().equals(entry.layer()) && !now.handle().equals(entry.handle()))
                .map(now -> root.backend().open(now))
                .map(space -> Volume.open(root.context().zarr(), space, space, features));
    }
}
