package org.copick.picks;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.copick.picks.internal.DocumentManifest;
import org.jspecify.annotations.Nullable;

/**
 * What one user or tool annotated of one object in one run, as a JSON file holds it: a header that names object, user, session
 * and run, and the annotation itself.
 *
 * <p>Immutable, and safe to share between threads. Coordinates are x, y, z in Å. Equality compares contents exactly: NaN equals
 * NaN, and 0.0 differs from −0.0. Keys that copick does not know are kept.
 */
public abstract sealed class AnnotationDocument permits PicksDocument, FilamentsDocument {
    static {
        DocumentManifest.install((document, json) -> document.write(JsonOutput.manifest(json)));
    }

    final Header header;
    final Map<String, @Nullable Object> unknown;

    /** @param unknown further keys of the document; not changed any more */
    AnnotationDocument(Header header, Map<String, @Nullable Object> unknown) {
        this.header = header;
        this.unknown = unknown;
    }

    /**
     * The document as Python stores it: indent 4, ASCII, keys in Python's order with unknown ones after them, bare
     * {@code NaN} and {@code Infinity}, no newline at the end.
     *
     * @throws IllegalStateException when that would be more than 2 GiB
     */
    public final byte[] toJson() {
        return JsonOutput.stored(this::write);
    }

    private void write(JsonOutput out) throws IOException {
        out.json.writeStartObject();
        header.write(out);
        writeContents(out);
        out.unknown(unknown);
        out.json.writeEndObject();
    }

    /** Writes the keys between the header and the unknown ones. */
    abstract void writeContents(JsonOutput out) throws IOException;

    /** The annotated object's name as the file states it; the file's name may differ. */
    public final String objectName() {
        return header.objectName();
    }

    /** The user, or the tool's name. */
    public final String userId() {
        return header.userId();
    }

    /** "0" for a tool; a user session otherwise. */
    public final String sessionId() {
        return header.sessionId();
    }

    /** The run's name as the file states it, where it does. */
    public final Optional<String> runName() {
        return Optional.ofNullable(header.runName());
    }

    /** The spacing in Å of the data that was annotated, for information only, where the file says it. */
    public final OptionalDouble voxelSpacing() {
        Double spacing = header.voxelSpacing();
        return spacing == null ? OptionalDouble.empty() : OptionalDouble.of(spacing);
    }

    /** The unit as the file states it; copick always means Å. */
    public final String unit() {
        return header.unit();
    }

    /** The document's further keys, in their order; not to be changed. */
    public final Map<String, @Nullable Object> unknown() {
        return unknown;
    }

    /** This document as it is stored under another key. */
    public abstract AnnotationDocument withIdentity(
            String objectName, String userId, String sessionId, @Nullable String runName);

    /** This document with this spacing in Å of the underlying data, or with none. */
    public abstract AnnotationDocument withVoxelSpacing(@Nullable Double voxelSpacing);
}
