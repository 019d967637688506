package org.copick;

import java.util.List;
import org.copick.error.NotFoundException;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.spi.EntityKey;
import org.copick.spi.Entry;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** Points that mark one object: locations x, y, z in Å. */
public final class Picks extends Entity implements Annotation {
    private final Run run;
    private final EntityKey.Picks key;
    private final Cached<Loaded> loaded;

    Picks(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
        this.key = (EntityKey.Picks) entry.key();
        this.loaded = new Cached<>(this::load);
    }

    @Override
    public EntityKey.Picks key() {
        return key;
    }

    @Override
    public Run run() {
        return run;
    }

    /**
     * The stored document, with bulk access to all points. One read the first time.
     *
     * @throws NotFoundException when the file is gone since it was listed
     * @throws org.copick.error.CorruptDataException when it is no picks file; names the place in it
     */
    public PicksDocument document() {
        return loaded.get().document();
    }

    /** The points. */
    public List<Point> points() {
        return document().points();
    }

    /**
     * Replaces the points and keeps everything else in the file, fields we do not know included. Reads the file first
     * where that was not done.
     *
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     * @throws org.copick.error.ConflictException when somebody else has written the file since it was read here; call
     *     {@link #refresh} and repeat the change
     */
    public void store(List<Point> points) {
        requireWritable("write");
        store(document().withPoints(points));
    }

    /** Replaces the whole document, under the same conditions. */
    public synchronized void store(PicksDocument document) {
        requireWritable("write");
        Loaded known = loaded.get();
        Version version =
                root().backend().replaceDocument(entry(), document.toJson(), WriteCondition.ifVersion(known.version()));
        loaded.set(new Loaded(document, version));
    }

    /**
     * A copy in the writable layer, which then shadows this one; this one when it is writable already.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Picks writableCopy() {
        return readOnly() ? run.create(key, document()) : this;
    }

    /** Forgets what was read. */
    public void refresh() {
        loaded.clear();
    }

    @Override
    void forget() {
        run.refreshPicks();
    }

    private Loaded load() {
        var stored = root().backend()
                .read(entry())
                .orElseThrow(() -> new NotFoundException("the picks at " + location() + " are gone; refresh the run"));
        return new Loaded(
                PicksDocument.parse(stored.bytes(), location()), stored.info().version());
    }

    private record Loaded(PicksDocument document, Version version) {}
}
