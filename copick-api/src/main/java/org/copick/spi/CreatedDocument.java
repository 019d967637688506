package org.copick.spi;

import java.util.Objects;
import org.copick.storage.Version;

/** A document that was created, and the version that was written: whatever another one replaces it by has another. */
public record CreatedDocument(Entry entry, Version version) {
    public CreatedDocument {
        Objects.requireNonNull(entry, "entry");
    }
}
