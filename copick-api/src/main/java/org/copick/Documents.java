package org.copick;

import java.util.Optional;
import org.copick.entity.EntityKind;
import org.copick.picks.AnnotationDocument;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;

/** Reads documents by their kind. */
final class Documents {
    private Documents() {}

    /** Reads a document that names what it annotates; empty for kinds whose files do not. */
    static Optional<AnnotationDocument> parse(EntityKind kind, byte[] content, String location) {
        return switch (kind) {
            case PICKS -> Optional.of(PicksDocument.parse(content, location));
            case FILAMENTS -> Optional.of(FilamentsDocument.parse(content, location));
            default -> Optional.empty();
        };
    }
}
