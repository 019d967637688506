package org.copick.layout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.ChangeFeed;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardingStore;
import org.copick.storage.Freshness;
import org.copick.storage.Freshness.Moment;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.ReadOnlyStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A read-only store of a root whose listings come from the root's {@link RootIndex}.
 *
 * <p>The index is read with the first listing, in one request, and not before. Afterwards it is at most as old as the
 * maximum age of the store; a check costs one request, and one more if the index has changed.
 * <ul>
 *   <li>Listings of entities and of the first level of a volume come from the index, with the sizes in it. An object that
 *       the index lacks does not exist. Versions in these listings are empty: those of the index may be from another
 *       place or time. A read that expects an empty version returns the current object.
 *   <li>Listings that include chunks are passed to the store, which may not support them.
 *   <li>Reads are passed to the store and return the current object. If an object of the index does not exist, they
 *       throw {@link CorruptDataException}, because the index is out of date.
 * </ul>
 */
public final class IndexedStore extends ForwardingStore {
    /** Age at which an index is checked again, like that of other prefetched listings. */
    private static final Duration DEFAULT_AGE = Duration.ofSeconds(30);

    private final ObjectStore store;
    private final CurrentIndex current;
    private final Freshness freshness;
    private final Moment since;
    private final boolean isView;

    private IndexedStore(ObjectStore store, CurrentIndex current, Duration maxAge, boolean isView) {
        super(new ReadOnlyStore(store));
        this.store = store;
        this.current = current;
        this.freshness = new Freshness(new ChangeFeed(), maxAge);
        this.since = freshness.now();
        this.isView = isView;
    }

    /**
     * {@return a view of a root that lists through its index} Costs no request.
     *
     * @param root the store with the root's keys; closed with the view
     */
    public static IndexedStore over(ObjectStore root) {
        Objects.requireNonNull(root, "root");
        return root instanceof IndexedStore indexed
                ? indexed
                : new IndexedStore(root, new CurrentIndex(root), DEFAULT_AGE, false);
    }

    /**
     * Returns a view that checks the index before its first listing, and answers lookups from it, too. Closing it
     * closes nothing.
     */
    IndexedStore renewed(Duration maxAge) {
        return new IndexedStore(store, current, maxAge, true);
    }

    private RootIndex index() {
        return current.get(freshness, since);
    }

    /** Returns the size of an object, as the index has it; 0 if it lacks the object. */
    long size(String key) {
        return index().object(key).map(ObjectInfo::size).orElse(0L);
    }

    /** Returns the sum of the sizes below a prefix, as the index has them, without keys that are not wanted. */
    long bytes(String prefix, Predicate<String> wanted) {
        return index().bytes(prefix, wanted);
    }

    /** {@return the reading capabilities of the store, without folders: the index lists empty folders as objects} */
    @Override
    public Set<StoreCapability> capabilities() {
        EnumSet<StoreCapability> all = EnumSet.noneOf(StoreCapability.class);
        all.addAll(super.capabilities());
        all.remove(StoreCapability.FOLDERS);
        return all;
    }

    @Override
    public boolean can(StoreCapability capability) {
        return capability != StoreCapability.FOLDERS && super.can(capability);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        if (isKnownAbsentMetadata(Keys.checked(key))) {
            return Optional.empty();
        }
        return checked(key, super.read(key));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return checked(key, super.readRanges(key, ranges, known(expected)));
    }

    @Override
    public Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        return checked(key, super.readInto(key, range, known(expected), into));
    }

    /** Returns the version that a read must find; null for the unknown one of a listing. */
    private static @Nullable Version known(@Nullable Version expected) {
        return RootIndex.UNKNOWN.equals(expected) ? null : expected;
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        if (RootIndex.covers(Keys.checked(key))) {
            Optional<ObjectInfo> listed = index().object(key);
            if (listed.isEmpty() && KeyRange.hierarchyOf(key) == null) {
                return Optional.empty();
            }
            if (isView && listed.isPresent()) {
                return listed;
            }
        }
        return checked(key, super.info(key));
    }

    /** Returns whether a view can skip the request for metadata that its hierarchy did not have. */
    private boolean isKnownAbsentMetadata(String key) {
        String hierarchy = isView && KeyRange.zarrVersion(key) != 0 ? KeyRange.hierarchyOf(key) : null;
        return hierarchy != null
                && RootIndex.covers(key)
                && index().holds(hierarchy)
                && index().object(key).isEmpty();
    }

    /** Passes a result on; throws if the object should exist. */
    private <T> Optional<T> checked(String key, Optional<T> found) {
        RootIndex read = found.isPresent() ? null : current.peek();
        if (read != null && read.object(key).isPresent()) {
            RootIndex now = current.get(freshness, freshness.now());
            if (now.object(key).isPresent()) {
                throw new CorruptDataException("cannot read " + location() + "/" + key
                        + ": it does not exist, but the index " + RootIndex.location(store) + ", made "
                        + age(now.created())
                        + ", lists it; make the index again with copick index, on the root with write access");
            }
        }
        return found;
    }

    private static String age(Instant created) {
        Duration age = Duration.between(created, Instant.now());
        return age.toDays() > 1
                ? age.toDays() + " days ago"
                : age.toHours() > 1 ? age.toHours() + " hours ago" : "at " + created;
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        current.requireOpen();
        return super.write(key, bytes, condition);
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        current.requireOpen();
        return super.writer(key, condition);
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        current.requireOpen();
        super.copy(object, target);
    }

    @Override
    public void delete(String key) {
        current.requireOpen();
        super.delete(key);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        current.requireOpen();
        keys.forEach(Keys::checked);
        super.deleteAll(keys);
    }

    @Override
    public void deletePrefix(String prefix) {
        current.requireOpen();
        requireNotEmpty(prefix);
        super.deletePrefix(prefix);
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        current.requireOpen();
        requireNotEmpty(staged);
        requireNotEmpty(prefix);
        super.replacePrefix(staged, prefix, condition);
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        if (isPassedOn(prefix) || index().holdsHierarchy(prefix)) {
            return unindexed(prefix, () -> super.list(prefix, after, limit));
        }
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + limit);
        }
        return index().list(prefix, after, limit);
    }

    @Override
    public void forEach(String prefix, Consumer<ObjectInfo> action) {
        if (isPassedOn(prefix) || index().holdsHierarchy(prefix)) {
            unindexed(prefix, () -> {
                store.forEach(prefix, action);
                return prefix;
            });
        } else {
            index().forEach(prefix, action);
        }
    }

    @Override
    public FolderListing listFolder(String prefix) {
        if (isWithinHierarchy(prefix) || index().counts(prefix)) {
            return unindexed(prefix, () -> super.listFolder(prefix));
        }
        return index().listFolder(prefix);
    }

    @Override
    public boolean holds(String prefix) {
        requireNotEmpty(prefix);
        return isWithinHierarchy(prefix) ? unindexed(prefix, () -> super.holds(prefix)) : index().holds(prefix);
    }

    /** Returns a listing by the store, or says what can be done if the store cannot list. */
    private <T> T unindexed(String prefix, Supplier<T> listing) {
        try {
            return listing.get();
        } catch (UnsupportedFeatureException e) {
            if (!RootIndex.covers(prefix)) {
                throw e;
            }
            throw new UnsupportedFeatureException(
                    "cannot list the chunks of " + location() + "/" + prefix
                            + ": its index counts chunks without listing them, and the store cannot list; to copy a"
                            + " volume from there use copick copy, which reads its voxels",
                    e);
        }
    }

    private void requireNotEmpty(String prefix) {
        if (Keys.checkedPrefix(prefix).isEmpty()) {
            throw new InvalidNameException("no prefix is given in " + location() + ": name one");
        }
    }

    /** Returns whether the index cannot know all keys below a prefix, because it lists no chunks. */
    private static boolean isPassedOn(String prefix) {
        return !RootIndex.covers(Keys.checkedPrefix(prefix)) || KeyRange.hierarchyOf(prefix) != null;
    }

    /** Returns whether the index cannot know what is directly below a prefix. */
    private static boolean isWithinHierarchy(String prefix) {
        return isPassedOn(prefix) && !(RootIndex.covers(prefix) && prefix.equals(KeyRange.hierarchyOf(prefix)));
    }

    @Override
    public void close() {
        if (!isView) {
            current.close();
            store.close();
        }
    }
}
