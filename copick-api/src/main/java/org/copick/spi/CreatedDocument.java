package org.copick.spi;

import java.util.Objects;
import org.copick.storage.Version;

/**
 * A document that was created, and the version that was written.
 *
 * <p>Every replacement of the document gets another version.
 */
public record CreatedDocument(Entry entry, Version version) {
    public CreatedDocument {
        Objects.requireNonNull(entry, "entry");
    }
}
