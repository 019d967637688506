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

    /** Takes what was just written for the state that is known here. */
    Filaments keep(FilamentsDocument document, Version version) {
        stored.keep(document, version);
        return this;
    }

    @Override
    public EntityKey.Filaments key() {
        return key;
    }

    /**
     * The stored document. One read the first time.
     *
     * @throws org.copick.error.NotFoundException when the file is gone since it was listed
     * @throws org.copick.error.CorruptDataException when it is no filaments file; names the place in it
     */
    public FilamentsDocument document() {
        return stored.get();
    }

    /**
     * Replaces the document. Curves that no longer describe the points of their filament are left out, as in Python.
     *
     * @return the ids of the filaments that lost their curve
     * @throws org.copick.error.InvalidDataException for a curve with a control point that is not finite
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     * @throws org.copick.error.ConflictException when somebody else has written the file since it was read here; call
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

    /** Forgets what was read. */
    @Override
    public void refresh() {
        stored.refresh();
    }

    @Override
    void forget() {
        run().refreshFilaments();
    }
}
