package org.copick.spark;

import java.util.Optional;
import org.copick.Root;
import org.copick.Volume;
import org.copick.error.NotFoundException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.zarr.Zarr;

/** Opens the images of listed entities. */
final class Volumes {
    private Volumes() {}

    /**
     * Opens an image. Reads the metadata of its group.
     *
     * @throws NotFoundException if it has been deleted since it was listed
     */
    static Volume open(Root root, ListedEntity entity) {
        Backend backend = root.backend();
        Zarr zarr = OpenProjects.shared().context().zarr();
        Entry entry = entity.in(backend);
        Volume volume = Volume.open(zarr, backend.open(entry));
        if (!volume.levels().isEmpty()) {
            return volume;
        }
        // never written, replaced at another place, or deleted
        Optional<Entry> now = backend.find(entry.key());
        return Volume.open(
                zarr,
                backend.open(now.orElseThrow(() -> new NotFoundException(
                        entity.location() + " was deleted while Spark was reading it; run the query again"))));
    }
}
