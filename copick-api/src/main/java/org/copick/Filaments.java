package org.copick;

import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.picks.FilamentsDocument;
import org.copick.spi.Entry;
import org.copick.storage.Version;

/** Traced centrelines of one object: vertices x, y, z in Å (spec section 14.3). */
public final class Filaments extends Annotation {
    private final EntityKey.Filaments key;
    private final StoredDocument<FilamentsDocument> stored;

    Filaments(Run run, Entry entry) {
        super(run, entry);
        this.key = (EntityKey.Filaments) entry.key();
        this.stored = new StoredDocument<>(root(), entry, FilamentsDocument::parse, FilamentsDocument::toJson);
    }

    /** Records a document that was just written as the current one. */
    Filaments keep(FilamentsDocument document, Version version) {
        stored.keep(document, version);
        return this;
    }

    @Override
    public EntityKey.Filaments key() {
        return key;
    }

    /**
     * {@return the stored document} Costs one read on first use.
     *
     * @throws org.copick.error.NotFoundException if the file has been deleted since it was listed
     * @throws org.copick.error.CorruptDataException if the file is not a valid filaments file; the message names the
     *     position
     */
    public FilamentsDocument document() {
        return stored.get();
    }

    /**
     * Replaces the document. Curves that no longer describe the points of their filament are dropped, as in Python.
     *
     * @param document the new document, with vertices x, y, z in Å
     * @return the ids of the filaments whose curve was dropped
     * @throws org.copick.error.InvalidDataException if a control point of a curve is not finite
     * @throws org.copick.error.ReadOnlyException if these filaments lie in a read-only layer
     * @throws org.copick.error.ConflictException if another program has written the file since it was read here; call
     *     {@link #refresh} and repeat the change
     */
    public List<Long> write(FilamentsDocument document) {
        requireWritable("write");
        FiniteCheck.check(document, location());
        List<Long> stale = document.staleCurves();
        stored.store(stale.isEmpty() ? document : document.withoutStaleCurves());
        return stale;
    }

    @Override
    public Filaments writableCopy() {
        return readOnly() ? run().creation().create(key, document()) : this;
    }

    /** Discards the document that was read. */
    @Override
    public void refresh() {
        stored.refresh();
    }

    @Override
    void forget() {
        run().refreshFilaments();
    }
}
