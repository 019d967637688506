package org.copick.picks;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.copick.picks.internal.DocumentManifest;
import org.jspecify.annotations.Nullable;

/**
 * The annotation of one object in one run by one user or tool, as stored in a JSON file.
 *
 * <p>It consists of a header, which names object, user, session and run, and the annotation itself.
 *
 * <p>Immutable, and safe to share between threads. Coordinates are x, y, z in Å. Equality compares contents exactly:
 * NaN equals NaN, and 0.0 differs from −0.0. Keys that copick does not know are kept.
 */
public abstract sealed class AnnotationDocument permits PicksDocument, FilamentsDocument {
    static {
        DocumentManifest.install((document, json) -> document.write(JsonOutput.manifest(json)));
    }

    final Header header;
    final Map<String, @Nullable Object> unknown;

    /**
     * Creates a document.
     *
     * @param unknown further keys of the document; must not be changed any more
     */
    AnnotationDocument(Header header, Map<String, @Nullable Object> unknown) {
        this.header = header;
        this.unknown = unknown;
    }

    /**
     * {@return the document as Python stores it}
     *
     * <p>That is ASCII with an indent of 4 and no newline at the end, with keys in Python's order followed by unknown
     * ones, and with bare {@code NaN} and {@code Infinity}.
     *
     * @throws IllegalStateException if that would be more than 2 GiB
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

    /** {@return the annotated object's name according to the content; the file's name may differ} */
    public final String objectName() {
        return header.objectName();
    }

    /** {@return the user, or the tool's name} */
    public final String userId() {
        return header.userId();
    }

    /** {@return the session: "0" for a tool, otherwise a user session} */
    public final String sessionId() {
        return header.sessionId();
    }

    /** {@return the run's name according to the content, if it has one} */
    public final Optional<String> runName() {
        return Optional.ofNullable(header.runName());
    }

    /** {@return the voxel spacing of the annotated data in Å, if the file has it; informational only} */
    public final OptionalDouble voxelSpacing() {
        Double spacing = header.voxelSpacing();
        return spacing == null ? OptionalDouble.empty() : OptionalDouble.of(spacing);
    }

    /** {@return the unit according to the content; copick always uses Å} */
    public final String unit() {
        return header.unit();
    }

    /** {@return the document's further keys in their order, as an unmodifiable map} */
    public final Map<String, @Nullable Object> unknown() {
        return unknown;
    }

    /**
     * {@return this document with another identity, to be stored under another key}
     *
     * @param objectName the annotated object's name
     * @param userId the user, or the tool's name
     * @param sessionId the session; {@code 0} for a tool
     * @param runName the run's name, or null for none
     */
    public abstract AnnotationDocument withIdentity(
            String objectName, String userId, String sessionId, @Nullable String runName);

    /**
     * {@return this document with another voxel spacing of the annotated data}
     *
     * @param voxelSpacing the voxel spacing in Å, or null for none
     */
    public abstract AnnotationDocument withVoxelSpacing(@Nullable Double voxelSpacing);
}
