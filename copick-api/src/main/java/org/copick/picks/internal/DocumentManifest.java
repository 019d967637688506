package org.copick.picks.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Objects;
import org.copick.picks.AnnotationDocument;
import org.jspecify.annotations.Nullable;

/** Writes documents into manifests for the command, without exposing the JSON library to users of documents. */
public final class DocumentManifest {
    private static volatile @Nullable Writer writer;

    private DocumentManifest() {}

    /** Writes the contents of documents. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes a document as one JSON object.
         *
         * @param document the document
         * @param json the generator to write to
         * @throws IOException if the generator cannot write
         */
        void write(AnnotationDocument document, JsonGenerator json) throws IOException;
    }

    /**
     * Sets the writer. Called by the document class when it is initialised, before any document exists.
     *
     * @param knowing the writer, which has access to the contents of documents
     */
    public static void install(Writer knowing) {
        writer = knowing;
    }

    /**
     * Writes a document as Python's model has it, for a manifest.
     *
     * <p>Defaults are filled in and unknown keys are left out, except those of curves. The output is strict JSON with
     * the strings "NaN", "Infinity" and "-Infinity". Streams; nothing is buffered in memory.
     *
     * @param document the document
     * @param json the generator to write to; left open
     * @throws IOException if the generator cannot write
     */
    public static void write(AnnotationDocument document, JsonGenerator json) throws IOException {
        Objects.requireNonNull(writer).write(document, json);
    }
}
