package org.copick;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.copick.error.NotFoundException;
import org.copick.spi.Entry;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** A document that is read when first asked for, kept, and only replaced where nobody else has written it since. */
final class StoredDocument<D> {
    private final Root root;
    private final Entry entry;
    private final Function<D, byte[]> writer;
    private final Cached<Loaded<D>> loaded;

    StoredDocument(Root root, Entry entry, BiFunction<byte[], String, D> parser, Function<D, byte[]> writer) {
        this.root = root;
        this.entry = entry;
        this.writer = writer;
        this.loaded = new Cached<>(() -> {
            var stored = root.backend()
                    .read(entry)
                    .orElseThrow(
                            () -> new NotFoundException("there is nothing at " + entry + " any more; refresh the run"));
            return new Loaded<>(
                    parser.apply(stored.bytes(), entry.location()),
                    stored.info().version());
        });
    }

    D get() {
        return loaded.get().document();
    }

    synchronized void store(D document) {
        byte[] content = writer.apply(document);
        Version known = loaded.get().version();
        Version version = root.backend().replaceDocument(entry, content, WriteCondition.ifVersion(known));
        loaded.set(new Loaded<>(document, version));
    }

    void refresh() {
        loaded.clear();
    }

    private record Loaded<D>(D document, Version version) {}
}
