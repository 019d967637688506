package org.copick;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.spi.Entry;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;

/** A document that is read on first use and cached, and replaced only if no other program has written it since. */
final class StoredDocument<D> {
    private final StoredFile file;
    private final Function<D, byte[]> writer;
    private final Lazy<Loaded<D>> loaded;
    /** Serialises writes, because each write needs the version that the previous one returned. */
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
            Loaded<D> known = loaded.peek();
            // without parsing, so that a broken file can be replaced
            Version before =
                    known != null ? known.version() : file.read().info().version();
            keep(document, file.replace(content, before));
        } finally {
            writing.unlock();
        }
    }

    /** Records a document and its version as the current content of the file. */
    void keep(D document, Version version) {
        loaded.set(new Loaded<>(document, version));
    }

    void refresh() {
        loaded.clear();
    }

    private record Loaded<D>(D document, Version version) {}
}
