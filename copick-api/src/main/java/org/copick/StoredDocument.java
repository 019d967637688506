package org.copick;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.spi.Entry;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;

/** A document that is read when first asked for, kept, and only replaced where nobody else has written it since. */
final class StoredDocument<D> {
    private final StoredFile file;
    private final Function<D, byte[]> writer;
    private final Lazy<Loaded<D>> loaded;
    /** Held while the document is written, because each write replaces the version of the one before. */
    private final InterruptibleLock writing = new InterruptibleLock();

    StoredDocument(Root root, Entry entry, BiFunction<byte[], String, D> parser, Function<D, byte[]> writer) {
        this.file = new StoredFile(root, entry);
        this.writer = writer;
        this.loaded = new Lazy<>(() -> {
            StoredObject stored = file.read();
            return new Loaded<>(
                    parser.apply(stored.bytes(), entry.location()),
                    stored.info().version());
        });
    }

    D get() {
        return loaded.get().document();
    }

    void store(D document) {
        writing.take("interrupted while another thread was writing " + file);
        try {
            byte[] content = writer.apply(document);
            Version version = file.replace(content, loaded.get().version());
            keep(document, version);
        } finally {
            writing.unlock();
        }
    }

    /** Takes a document of a version for the stored one. */
    void keep(D document, Version version) {
        loaded.set(new Loaded<>(document, version));
    }

    void refresh() {
        loaded.clear();
    }

    private record Loaded<D>(D document, Version version) {}
}
