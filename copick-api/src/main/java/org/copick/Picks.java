package org.copick;

import java.util.Collection;
import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.spi.Entry;
import org.copick.storage.Version;

/** Points that mark instances of one object, with locations x, y, z in Å. */
public final class Picks extends Annotation {
    private final EntityKey.Picks key;
    private final StoredDocument<PicksDocument> stored;

    Picks(Run run, Entry entry) {
        super(run, entry);
        this.key = (EntityKey.Picks) entry.key();
        this.stored = new StoredDocument<>(root(), entry, PicksDocument::parse, PicksDocument::toJson);
    }

    /** Records a document that was just written as the current one. */
    Picks keep(PicksDocument document, Version version) {
        stored.keep(document, version);
        return this;
    }

    @Override
    public EntityKey.Picks key() {
        return key;
    }

    /**
     * {@return the stored document, which gives bulk access to all points} Costs one read on first use.
     *
     * @throws org.copick.error.NotFoundException if the file has been deleted since it was listed
     * @throws org.copick.error.CorruptDataException if the file is not a valid picks file; the message names the
     *     position
     */
    public PicksDocument document() {
        return stored.get();
    }

    /**
     * Reads several picks concurrently, so that {@link #document} then returns from memory.
     *
     * <p>Picks that have been read already are not read again. Up to sixteen reads run at once, so on remote stores
     * sixteen picks take about as long as one.
     *
     * @param picks picks of one project
     * @throws org.copick.error.NotFoundException if a file has been deleted since it was listed
     * @throws org.copick.error.CorruptDataException if a file is not a valid picks file
     * @throws org.copick.error.OperationInterruptedException if the thread is interrupted
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

    /** {@return the points} Reads the document on first use. */
    public List<Point> points() {
        return document().points();
    }

    /**
     * Replaces the points and keeps everything else in the file, including unknown fields.
     *
     * <p>Reads the file first if it has not been read.
     *
     * @param points the new points, with locations x, y, z in Å
     * @throws org.copick.error.InvalidDataException if the location or transform of a point is not finite; the message
     *     names the first such point
     * @throws org.copick.error.ReadOnlyException if these picks lie in a read-only layer
     * @throws org.copick.error.ConflictException if another program has written the file since it was read here; call
     *     {@link #refresh} and repeat the change
     */
    public void write(List<Point> points) {
        requireWritable("write");
        write(document().withPoints(points));
    }

    /**
     * Replaces the whole document, under the conditions of {@link #write(List)}.
     *
     * @param document the new document, stored with the names that it contains
     */
    public void write(PicksDocument document) {
        requireWritable("write");
        FiniteCheck.check(document, location());
        stored.store(document);
    }

    @Override
    public Picks writableCopy() {
        return readOnly() ? run().creation().create(key, document()) : this;
    }

    /** Discards the document that was read. */
    @Override
    public void refresh() {
        stored.refresh();
    }

    @Override
    void forget() {
        run().refreshPicks();
    }
}
