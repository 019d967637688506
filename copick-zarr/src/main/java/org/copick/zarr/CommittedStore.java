package org.copick.zarr;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.PrefixStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * Reads a committed image from its staged folder until it is copied to its place. If an object is missing in the staged
 * folder, the copy may be complete and the folder deleted; reading the marker, one more request, decides that.
 */
final class CommittedStore extends ForwardingStore {
    private final StorePlace place;
    private final String prefix;
    private final ObjectStore staged;
    private volatile boolean copied;

    CommittedStore(StorePlace place, String prefix) {
        super(place.scoped());
        this.place = place;
        this.prefix = prefix;
        this.staged = new PrefixStore(place.store(), prefix);
    }

    /** Returns the staged folder's identity, so that caches distinguish this image from the one at its place. */
    @Override
    public String identity() {
        return staged.identity();
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return found(store -> store.read(key), () -> super.read(key));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return found(store -> store.readRanges(key, ranges, expected), () -> super.readRanges(key, ranges, expected));
    }

    @Override
    public Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        return found(
                store -> store.readInto(key, range, expected, into), () -> super.readInto(key, range, expected, into));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return found(store -> store.info(key), () -> super.info(key));
    }

    @Override
    public ListPage list(String below, @Nullable String after, int limit) {
        return listed(store -> store.list(below, after, limit), () -> super.list(below, after, limit));
    }

    @Override
    public FolderListing listFolder(String below) {
        return listed(store -> store.listFolder(below), () -> super.listFolder(below));
    }

    @Override
    public boolean holds(String below) {
        return listed(store -> store.holds(below), () -> super.holds(below));
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        awaitCopy();
        return super.write(key, bytes, condition);
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        awaitCopy();
        return super.writer(key, condition);
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        awaitCopy();
        super.copy(object, target);
    }

    @Override
    public void delete(String key) {
        awaitCopy();
        super.delete(key);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        awaitCopy();
        super.deleteAll(keys);
    }

    @Override
    public void deletePrefix(String below) {
        awaitCopy();
        super.deletePrefix(below);
    }

    private <T> Optional<T> found(Function<ObjectStore, Optional<T>> reading, Supplier<Optional<T>> atPlace) {
        if (!copied) {
            Optional<T> found = reading.apply(staged);
            if (found.isPresent() || isStaged()) {
                return found;
            }
            copied = true;
        }
        return atPlace.get();
    }

    private <T> T listed(Function<ObjectStore, T> listing, Supplier<T> atPlace) {
        if (!copied) {
            T listed = listing.apply(staged);
            if (isStaged()) {
                return listed;
            }
            copied = true;
        }
        return atPlace.get();
    }

    /** Returns whether the image is still in its staged folder and not yet copied to its place. */
    private boolean isStaged() {
        Optional<MarkedImage> mark = MarkedImage.at(place);
        if (mark.isEmpty()) {
            return false;
        }
        Optional<String> now = mark.get().staged();
        if (mark.get().isIncomplete()
                || now.filter(other -> !other.equals(prefix)).isPresent()) {
            throw new ConflictException(
                    "cannot read " + location() + ": it was replaced meanwhile; refresh it and read it again");
        }
        return now.isPresent();
    }

    private void awaitCopy() {
        if (!copied) {
            MarkedWrite.await(place);
            copied = true;
        }
    }
}
