package org.copick.spark;

import org.copick.Root;
import org.copick.error.NotFoundException;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.spi.Backend;

/** Reads listed documents. Each costs one read. */
final class Documents {
    private Documents() {}

    static PicksDocument picks(Root root, ListedEntity entity) {
        return PicksDocument.parse(bytes(root, entity), entity.location());
    }

    static FilamentsDocument filaments(Root root, ListedEntity entity) {
        return FilamentsDocument.parse(bytes(root, entity), entity.location());
    }

    private static byte[] bytes(Root root, ListedEntity entity) {
        Backend backend = root.backend();
        return backend.read(entity.in(backend))
                .orElseThrow(() -> new NotFoundException(
                        entity.location() + " was deleted while Spark was reading it; run the query again"))
                .bytes();
    }
}
