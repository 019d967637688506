package org.copick;

import java.util.Collection;
import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.spi.Entry;
import org.copick.storage.Version;

/** Points that mark one object: locations x, y, z in Å. */
public final class Picks extends Annotation {
    private final EntityKey.Picks key;
    private final StoredDocument<PicksDocument> stored;

    Picks(Run run, Entry entry) {
        super(run, entry);
        this.key = (EntityKey.Picks) entry.key();
        this.stored = new StoredDocument<>(root(), entry, PicksDocument::parse, PicksDocument::toJson);
    }

    /** Takes what was just written for the state that is known here. */
    Picks keep(PicksDocument document, Version version) {
        stored.keep(document, version);
        return this;
    }

    @Override
    public EntityKey.Picks key() {
        return key;
    }

    /**
     * The stored document, with bulk access to all points. One read the first time.
     *
     * @throws org.copick.error.NotFoundException when the file is gone since it was listed
     * @throws org.copick.error.CorruptDataException when it is no picks file; names the place in it
     */
    public PicksDocument document() {
        return stored.get();
    }

    /**
     * Reads those of these that were not read yet, several at a time, so that {@link #document} answers from memory. Where
     * each request takes a round trip, sixteen of them take as long as one.
     *
     * @param picks of one project
     * @throws org.copick.error.NotFoundException when a file is gone since it was listed
     * @throws org.copick.error.CorruptDataException when one is no picks file
     * @throws org.copick.error.OperationInterruptedException when the thread is interrupted
     */
    public static void load(Collection<Picks> picks) {
        picks.stream()
                .findFirst()
                .ifPresent(first -> first.root()
                        .context()
                        .workers()
                        .sideBySide(
                                picks.stream()
                                        .<Runnable>map(each -> each::document)
                                        .toList(),
                                "reading picks of " + first.root()));
    }

    /** The points. */
    public List<Point> points() {
        return document().points();
    }

    /**
     * Replaces the points and keeps everything else in the file, fields we do not know included. Reads the file first
     * where that was not done.
     *
     * @throws org.copick.error.InvalidDataException for a point whose location or transform is not finite, naming the first
     *     one
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     * @throws org.copick.error.ConflictException when somebody else has written the file since it was read here; call
     *     {@link #refresh} and repeat the change
     */
    public void write(List<Point> points) {
        requireWritable("write");
        write(document().withPoints(points));
    }

    /** Replaces the whole document, under the same conditions. */
    public void write(PicksDocument document) {
        requireWritable("write");
        FiniteCheck.check(document, location());
        stored.store(document);
    }

    @Override
    public Picks writableCopy() {
        return readOnly() ? run().creation().create(key, document()) : this;
    }

    /** Forgets what was read. */
    @Override
    public void refresh() {
        stored.refresh();
    }

    @Override
    void forget() {
        run().refreshPicks();
    }
}
