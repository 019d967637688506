package org.copick.spi;

import java.util.Objects;
import org.copick.storage.Version;

/**
 * A document that was created, and the version that was written.
 *
 * @param entry the entry of the document in the writable layer
 * @param version the version that was written; every replacement of the document gets another one
 */
public record CreatedDocument(Entry entry, Version version) {
    /**
     * Creates the result of {@link Backend#createDocument}.
     *
     * @param entry the entry of the document in the writable layer
     * @param version the version that was written
     */
    public CreatedDocument {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(version, "version");
    }
}
