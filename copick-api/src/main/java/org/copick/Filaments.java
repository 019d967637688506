package org.copick;

import org.copick.error.NotFoundException;
import org.copick.picks.FilamentsDocument;
import org.copick.spi.EntityKey;
import org.copick.spi.Entry;

/** Traced centrelines of one object: vertices x, y, z in Å (spec section 14.3). */
public final class Filaments extends Entity implements Annotation {
    private final Run run;
    private final EntityKey.Filaments key;
    private final Cached<FilamentsDocument> document;

    Filaments(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
        this.key = (EntityKey.Filaments) entry.key();
        this.document = new Cached<>(this::load);
    }

    @Override
    public EntityKey.Filaments key() {
        return key;
    }

    @Override
    public Run run() {
        return run;
    }

    /**
     * The stored document. One read the first time.
     *
     * @throws NotFoundException when the file is gone since it was listed
     * @throws org.copick.error.CorruptDataException when it is no filaments file; names the place in it
     */
    public FilamentsDocument document() {
        return document.get();
    }

    /** Forgets what was read. */
    public void refresh() {
        document.clear();
    }

    @Override
    void forget() {
        run.refreshFilaments();
    }

    private FilamentsDocument load() {
        var stored = root().backend()
                .read(entry())
                .orElseThrow(
                        () -> new NotFoundException("the filaments at " + location() + " are gone; refresh the run"));
        return FilamentsDocument.parse(stored.bytes(), location());
    }
}
