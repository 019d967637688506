package org.copick.picks.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Objects;
import org.copick.picks.AnnotationDocument;
import org.jspecify.annotations.Nullable;

/** Writes documents into manifests, for the command, without showing the JSON library to those who use documents. */
public final class DocumentManifest {
    private static volatile @Nullable Writer writer;

    private DocumentManifest() {}

    /** Knows what documents hold. */
    @FunctionalInterface
    public interface Writer {
        void write(AnnotationDocument document, JsonGenerator json) throws IOException;
    }

    /** Is called by the class of documents, before there is one. */
    public static void install(Writer knowing) {
        writer = knowing;
    }

    /**
     * Writes a document as Python's model holds it, for a manifest: defaults filled in, unknown keys left out except those of
     * curves, strict JSON with the strings "NaN", "Infinity" and "-Infinity". Streams; nothing is built in memory.
     */
    public static void write(AnnotationDocument document, JsonGenerator json) throws IOException {
        Objects.requireNonNull(writer).write(document, json);
    }
}
