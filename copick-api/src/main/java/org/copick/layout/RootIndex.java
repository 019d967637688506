package org.copick.layout;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.copick.error.CorruptDataException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.error.UrlSecrets;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * An index of a root: the keys, sizes and versions of everything in it except the chunks of volumes.
 *
 * <p>The object {@link #KEY} beside the root's folders holds it. With it, a root is listed by one request whatever its
 * size, also in stores that cannot list; see {@link IndexedStore}. {@code docs/static-index.md} describes the format.
 * Immutable.
 */
public final class RootIndex {
    /** The key of the index in its root. */
    public static final String KEY = "copick-index.json.gz";

    /** The prefixes with entities, in key order; an index covers no others. */
    static final List<String> PREFIXES = List.of(Layout.RUNS, Layout.OBJECTS);

    /** The version in listings: that of an entry is from the place and time of the index, and reads are of this store. */
    static final Version UNKNOWN = new Version("");

    private final KeyTable table;
    private final Instant created;
    private final Optional<String> source;

    RootIndex(KeyTable table, Instant created, @Nullable String source) {
        this.table = table;
        this.created = created;
        this.source = Optional.ofNullable(source);
    }

    /**
     * Lists a root and makes its index. Nothing is written.
     *
     * <p>Costs the listing of all keys, those of chunks included. Objects that are written meanwhile may be missing.
     *
     * @param root the store with the root's keys
     * @return the index of what the root holds now
     * @throws org.copick.error.UnsupportedFeatureException if the store cannot list its keys, or the root has too many
     *     entries for this heap
     */
    public static RootIndex of(ObjectStore root) {
        return of(root, Clock.systemUTC());
    }

    static RootIndex of(ObjectStore root, Clock clock) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        KeyTable.Builder table = new KeyTable.Builder(IndexReader.mostBytes());
        new RootWalk(root, table::add).run();
        // a path on this machine has no meaning to others
        boolean isPublic = root.location().contains("://") && !UrlSecrets.isIn(root.location());
        return new RootIndex(table.build(), now, isPublic ? root.location() : null);
    }

    /**
     * Reads the index of a root. Costs one request.
     *
     * @param root the store with the root's keys
     * @return the index; empty if the root has none
     * @throws org.copick.error.CorruptDataException if it violates the format
     * @throws org.copick.error.UnsupportedFeatureException if a later version of copick for Java made it, or it is too
     *     large for this heap
     */
    public static Optional<RootIndex> read(ObjectStore root) {
        return stored(root).map(Stored::index);
    }

    /**
     * Lists a root and writes its index beside it, unless the stored one is equal.
     *
     * <p>The index appears as a whole. If another program writes an index meanwhile, this one is not written.
     *
     * @param root the store with the root's keys, writable
     * @return the index of the root
     * @throws ReadOnlyException if the store cannot be written
     * @throws org.copick.error.UnsupportedFeatureException if the store cannot list its keys, or the root has too many
     *     entries for this heap
     * @throws org.copick.error.ConflictException if another program has written an index meanwhile
     */
    public static RootIndex write(ObjectStore root) {
        return write(root, Clock.systemUTC());
    }

    static RootIndex write(ObjectStore root, Clock clock) {
        if (!root.can(StoreCapability.WRITE)) {
            root.list(Layout.RUNS, null, 1); // a store that cannot list has another remedy, and its exception names it
            throw new ReadOnlyException("cannot write " + location(root)
                    + ": the root is read-only; write the index to a file instead and upload it");
        }
        // read before the listing, so that an index made meanwhile is not replaced by an older listing
        Optional<ObjectInfo> before = root.info(KEY);
        RootIndex index = of(root, clock);
        Optional<RootIndex> known = before.flatMap(found -> readable(root));
        if (known.isPresent() && known.get().hasEntriesOf(index)) {
            return known.get();
        }
        try (ObjectWriter writer = root.writer(KEY, condition(root, before.map(ObjectInfo::version)))) {
            index.writeTo(new PartStream(writer));
            writer.complete();
        } catch (IOException e) {
            throw new UncheckedIOException("a part is written to a store without an IOException", e);
        }
        return index;
    }

    private static Optional<RootIndex> readable(ObjectStore root) {
        try {
            return read(root);
        } catch (CorruptDataException | UnsupportedFeatureException e) {
            return Optional.empty(); // a damaged index is replaced
        }
    }

    private static WriteCondition condition(ObjectStore root, Optional<Version> before) {
        if (before.isEmpty()) {
            return root.can(StoreCapability.CREATE_IF_ABSENT) ? WriteCondition.IF_ABSENT : WriteCondition.ANY;
        }
        boolean conditional = root.can(StoreCapability.REPLACE_IF_VERSION)
                || root.can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE);
        return conditional ? WriteCondition.ifVersion(before.get()) : WriteCondition.ANY;
    }

    /** An index and the version of the object that holds it. */
    record Stored(RootIndex index, Version version) {}

    static Optional<Stored> stored(ObjectStore root) {
        long most = IndexReader.mostBytes();
        Optional<RangesRead> read = root.readRanges(KEY, List.of(ByteRange.of(0, most)), null);
        return read.map(found -> new Stored(
                IndexReader.read(found.parts().get(0), found.info().size(), location(root)),
                found.info().version()));
    }

    static String location(ObjectStore root) {
        return root.location() + "/" + KEY;
    }

    /**
     * Writes this index in its stored form; equal entries made at the same time give equal bytes.
     *
     * @param out receives the bytes and stays open
     * @throws IOException if the stream cannot be written
     */
    public void writeTo(OutputStream out) throws IOException {
        IndexWriter.write(this, out);
    }

    /** {@return the time at which the root was listed} */
    public Instant created() {
        return created;
    }

    /** Returns the URL of the root that was listed; empty if it was on a local disk. */
    Optional<String> source() {
        return source;
    }

    /** {@return the number of entries} */
    public int size() {
        return table.size();
    }

    /**
     * Compares this index with another one of the same root.
     *
     * <p>Versions are compared only if both are from one place, because each kind of store has versions of its own, and a
     * copy on a disk gets others. If no object of a root on a disk has its version in the earlier index, the root is taken
     * for a copy. Without versions, a change that keeps an object's size is not found.
     *
     * @param now the later index
     * @param action receives the differences in key order
     */
    public void differences(RootIndex now, Consumer<IndexDifference> action) {
        Objects.requireNonNull(action, "action");
        IndexComparison comparison = new IndexComparison(this, now);
        comparison.differences(comparison.areFromOnePlace(), action);
    }

    private boolean hasEntriesOf(RootIndex other) {
        boolean[] differs = {!source.equals(other.source)};
        new IndexComparison(this, other).differences(true, difference -> differs[0] = true);
        return !differs[0];
    }

    KeyTable table() {
        return table;
    }

    /** Returns whether this index knows what is below a prefix, or whether a key exists. */
    static boolean covers(String keyOrPrefix) {
        return PREFIXES.stream().anyMatch(keyOrPrefix::startsWith);
    }

    Optional<ObjectInfo> object(String key) {
        return table.get(key) instanceof IndexEntry.Listed listed ? Optional.of(info(listed)) : Optional.empty();
    }

    private static ObjectInfo info(IndexEntry.Listed listed) {
        return new ObjectInfo(listed.name(), listed.info().size(), UNKNOWN);
    }

    boolean counts(String prefix) {
        return table.get(prefix) instanceof IndexEntry.Counted;
    }

    boolean holds(String prefix) {
        IndexEntry first = table.from(prefix).next();
        return first != null && first.name().startsWith(prefix);
    }

    /** Returns whether there is a Zarr hierarchy at or below a prefix, whose chunks this index does not list. */
    boolean holdsHierarchy(String prefix) {
        KeyTable.Cursor cursor = table.from(prefix);
        for (IndexEntry entry = cursor.next();
                entry != null && entry.name().startsWith(prefix);
                entry = cursor.next()) {
            if (KeyRange.hierarchyOf(entry.name()) != null) {
                return true;
            }
        }
        return false;
    }

    FolderListing listFolder(String prefix) {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        KeyTable.Cursor cursor = table.from(prefix);
        IndexEntry entry = cursor.next();
        while (entry != null && entry.name().startsWith(prefix)) {
            int slash = entry.name().indexOf('/', prefix.length());
            if (slash >= 0) {
                String below = entry.name().substring(0, slash + 1);
                prefixes.add(below);
                cursor = table.from(KeyRange.successor(below));
            } else if (entry instanceof IndexEntry.Listed listed) {
                objects.add(info(listed));
            }
            entry = cursor.next();
        }
        return new FolderListing(objects, prefixes);
    }

    ListPage list(String prefix, @Nullable String after, int limit) {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        boolean within = after == null || KeyOrder.BY_CODE_POINT.compare(after, prefix) < 0;
        KeyTable.Cursor cursor = table.from(within ? prefix : after + "\0");
        for (IndexEntry entry = cursor.next();
                entry != null && entry.name().startsWith(prefix);
                entry = cursor.next()) {
            if (entry instanceof IndexEntry.Listed listed) {
                if (objects.size() == limit) {
                    return new ListPage(objects, folders, false);
                }
                objects.add(info(listed));
            } else if (entry instanceof IndexEntry.Folder folder) {
                folders.add(folder.name());
            }
        }
        return new ListPage(objects, folders, true);
    }

    /** Calls an action for every object below a prefix that this index lists. */
    void forEach(String prefix, Consumer<ObjectInfo> action) {
        KeyTable.Cursor cursor = table.from(prefix);
        for (IndexEntry entry = cursor.next();
                entry != null && entry.name().startsWith(prefix);
                entry = cursor.next()) {
            if (entry instanceof IndexEntry.Listed listed) {
                action.accept(info(listed));
            }
        }
    }

    /** Returns the sum of the sizes of the objects below a prefix, without keys that are not wanted. */
    long bytes(String prefix, Predicate<String> wanted) {
        long sum = 0;
        KeyTable.Cursor cursor = table.from(prefix);
        for (IndexEntry entry = cursor.next();
                entry != null && entry.name().startsWith(prefix);
                entry = cursor.next()) {
            if (entry instanceof IndexEntry.Counted counted) {
                sum += counted.bytes();
            } else if (entry instanceof IndexEntry.Listed listed && wanted.test(entry.name())) {
                sum += listed.info().size();
            }
        }
        return sum;
    }

    /** {@return the number of entries and the time, as text} */
    @Override
    public String toString() {
        return "index of " + size() + " entries, made at " + created;
    }

    /** Passes what is written on to a writer of a store, in parts. */
    private static final class PartStream extends OutputStream {
        private final ObjectWriter writer;

        PartStream(ObjectWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(int value) {
            writer.append(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writer.append(bytes, offset, length);
        }
    }
}
