package org.copick.storage.remote;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.error.InvalidNameException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * The base class of stores that keep objects in a bucket. It checks arguments, reads and lists; subclasses send the
 * service's requests to write, copy and delete objects. Safe for use by many threads.
 *
 * @param <C> the vendor's client
 */
public abstract class BucketStore<C> implements ObjectStore {
    /** Maximum number of listings that may still show only deleted objects; some services show them for a moment. */
    private static final int MOST_REPEATED = 10;

    private final Bucket<C> bucket;
    private final BucketReader<C> reader;
    private final BucketListing<C> listing;

    /**
     * Creates a store. Closing it closes the bucket.
     *
     * @param bucket the bucket to keep objects in
     * @param source sends the requests to read objects
     * @param listing lists the bucket
     */
    protected BucketStore(Bucket<C> bucket, ObjectSource<C> source, BucketListing<C> listing) {
        this.bucket = bucket;
        this.reader = new BucketReader<>(bucket, source);
        this.listing = listing;
    }

    /**
     * Writes an object. The store was open at the call.
     *
     * @param key the object's key, which is valid
     * @param bytes the whole content, which the caller does not change
     * @param condition the condition, as for {@link #write}
     * @return the object's key, size and new version
     */
    protected abstract ObjectInfo put(String key, byte[] bytes, WriteCondition condition);

    /**
     * Opens a writer for an object. The store was open at the call.
     *
     * @param key the object's key, which is valid
     * @param condition the condition, as for {@link #writer}
     * @return a writer without any bytes yet
     */
    protected abstract ObjectWriter begin(String key, WriteCondition condition);

    /**
     * Has the service copy one version of an object within the bucket. The store was open at the call.
     *
     * @param object the version to copy, with a valid key
     * @param target the key of the copy, which is valid
     */
    protected abstract void duplicate(ObjectInfo object, String target);

    /**
     * Deletes an object, or does nothing if it does not exist.
     *
     * @param key the object's key, which is valid
     */
    protected abstract void remove(String key);

    /**
     * Deletes several objects. Tries all of them, then throws the first failure, if any.
     *
     * @param names the objects' names in the bucket, not their keys
     */
    protected abstract void removeNames(List<String> names);

    @Override
    public final String location() {
        return bucket.location();
    }

    @Override
    public final Optional<String> endpoint() {
        return bucket.endpoint();
    }

    @Override
    public final Optional<StoredObject> read(String key) {
        return reader.read(bucket.checked(key));
    }

    @Override
    public final Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return reader.readRanges(bucket.checked(key), ranges, expected);
    }

    @Override
    public final Optional<ObjectInfo> info(String key) {
        return reader.info(bucket.checked(key));
    }

    @Override
    public final ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        bucket.checked(key);
        bucket.requireOpen();
        return put(key, bytes.clone(), condition);
    }

    @Override
    public final ObjectWriter writer(String key, WriteCondition condition) {
        bucket.checked(key);
        bucket.requireOpen();
        return begin(key, condition);
    }

    @Override
    public final void copy(ObjectInfo object, String target) {
        bucket.checked(object.key());
        bucket.checked(target);
        bucket.requireOpen();
        duplicate(object, target);
    }

    @Override
    public final void delete(String key) {
        remove(bucket.checked(key));
    }

    @Override
    public final void deleteAll(Collection<String> keys) {
        keys.forEach(bucket::checked);
        bucket.requireOpen();
        removeNames(keys.stream().map(bucket::nameOf).distinct().toList());
    }

    @Override
    public final void deletePrefix(String prefix) {
        checkedPrefix(prefix);
        if (prefix.isEmpty()) {
            throw new InvalidNameException("cannot delete all of " + location() + ": name a prefix");
        }
        // deleted objects are no longer listed, so the next page is always the first one
        Set<String> deleted = Set.of();
        int repeated = 0;
        for (List<String> names = listing.names(prefix); !names.isEmpty(); names = listing.names(prefix)) {
            repeated = deleted.containsAll(names) ? repeated + 1 : 0;
            if (repeated > MOST_REPEATED) {
                throw bucket.strange("delete", prefix, "objects that were deleted are listed again");
            }
            removeNames(names);
            deleted = Set.copyOf(names);
        }
    }

    @Override
    public final ListPage list(String prefix, @Nullable String after, int limit) {
        checkedPrefix(prefix);
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + limit);
        }
        ListPage page = listing.list(prefix, after, limit);
        List<ObjectInfo> objects = page.objects();
        if (after != null
                && !objects.isEmpty()
                && !ListingProgress.isBehind(objects.get(objects.size() - 1).key(), after)) {
            throw bucket.strange("list", prefix, "it does not go on after " + after);
        }
        return page;
    }

    @Override
    public final FolderListing listFolder(String prefix) {
        checkedPrefix(prefix);
        return listing.level(prefix);
    }

    @Override
    public final void close() {
        bucket.close();
    }

    @Override
    public final String toString() {
        return location();
    }

    private void checkedPrefix(String prefix) {
        Keys.checkedPrefix(prefix);
        bucket.requireOpen();
    }
}
