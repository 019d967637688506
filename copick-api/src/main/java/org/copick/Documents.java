package org.copick;

import java.util.Optional;
import org.copick.entity.EntityKind;
import org.copick.picks.AnnotationDocument;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;

/** Parses documents according to their kind. */
final class Documents {
    private Documents() {}

    /**
     * Parses a document that contains the names of its key; returns empty for kinds whose files do not contain them.
     */
    static Optional<AnnotationDocument> parse(EntityKind kind, byte[] content, String location) {
        return switch (kind) {
            case PICKS -> Optional.of(PicksDocument.parse(content, location));
            case FILAMENTS -> Optional.of(FilamentsDocument.parse(content, location));
            default -> Optional.empty();
        };
    }
}
