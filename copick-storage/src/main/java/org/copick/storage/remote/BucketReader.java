package org.copick.storage.remote;

import java.util.List;
import java.util.Optional;
import org.copick.error.ConflictException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.RangePlan;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.remote.Bucket.Call;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects and ranges of them. All ranges of a read are of one version. A {@link BucketStore} has one; a store that
 * cannot write needs no more than this. Safe for use by many threads.
 *
 * @param <C> the vendor's client
 */
public final class BucketReader<C> {
    /** Maximum attempts to read ranges of one version while the object is being replaced. */
    private static final int TRIES = 4;

    private static final long UNKNOWN_SIZE = 1L << 30;

    private final Bucket<C> bucket;
    private final ObjectSource<C> source;

    /**
     * Creates a reader.
     *
     * @param bucket the bucket to read from
     * @param source sends the requests
     */
    public BucketReader(Bucket<C> bucket, ObjectSource<C> source) {
        this.bucket = bucket;
        this.source = source;
    }

    /**
     * Reads the whole object, as {@link org.copick.storage.ObjectStore#read}.
     *
     * @param key the object's key, which is valid
     * @return the content with its version; empty if the object does not exist
     */
    public Optional<StoredObject> read(String key) {
        Part found = bucket.call("read", key, UNKNOWN_SIZE, client -> source.get(client, key, null, null));
        if (found == Part.CHANGED) {
            throw new StorageException(
                    "cannot read " + bucket.location(key)
                            + ": the service rejected a version condition, but the request had none",
                    new IllegalStateException("no version was asked for"));
        }
        return found.isThere() ? Optional.of(new StoredObject(found.info(), found.bytes())) : Optional.empty();
    }

    /**
     * Requests an object's size and version, as {@link org.copick.storage.ObjectStore#info}.
     *
     * @param key the object's key, which is valid
     * @return the object's key, size and version; empty if it does not exist
     */
    public Optional<ObjectInfo> info(String key) {
        return bucket.call("look up", key, client -> source.info(client, key));
    }

    /**
     * Reads ranges of an object, as {@link org.copick.storage.ObjectStore#readRanges}.
     *
     * @param key the object's key, which is valid
     * @param ranges the ranges to read, in any order, possibly overlapping or of length zero
     * @param expected the version that all ranges must come from, or null for any one version
     * @return the ranges' content; empty if the object does not exist, even if a version is expected
     * @throws ConflictException if the object no longer has the expected version
     */
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        RangePlan plan = RangePlan.of(ranges);
        if (plan.spans().isEmpty()) {
            return ofNoBytes(key, ranges, expected);
        }
        long bytes = plan.spans().stream()
                .mapToLong(span -> Math.min(span.length(), UNKNOWN_SIZE))
                .sum();
        for (int i = 0; i < TRIES; i++) {
            List<Part> found = bucket.all(
                    "read from",
                    key,
                    bytes,
                    plan.spans().stream()
                            .<Call<C, Part>>map(span -> client -> source.get(client, key, span, expected))
                            .toList());
            if (found.stream().allMatch(part -> part == Part.ABSENT)) {
                return Optional.empty();
            }
            ObjectInfo info = ofOneState(found);
            if (expected != null && (info == null || !info.version().equals(expected))) {
                throw changed(key);
            }
            if (info != null) {
                List<byte[]> parts = found.stream().map(Part::bytes).toList();
                return Optional.of(new RangesRead(info, plan.parts(info.size(), parts)));
            }
        }
        throw new StorageException(
                "cannot read " + bucket.location(key) + ": it is constantly being replaced; try again",
                true,
                new IllegalStateException("replaced " + TRIES + " times"));
    }

    /** Returns the object that all parts belong to, or null if they belong to different versions. */
    private static @Nullable ObjectInfo ofOneState(List<Part> found) {
        if (!found.stream().allMatch(Part::isThere)) {
            return null;
        }
        ObjectInfo first = found.get(0).info();
        return found.stream().allMatch(part -> part.info().equals(first)) ? first : null;
    }

    private Optional<RangesRead> ofNoBytes(String key, List<ByteRange> ranges, @Nullable Version expected) {
        Optional<ObjectInfo> info = info(key);
        if (info.isPresent() && expected != null && !info.get().version().equals(expected)) {
            throw changed(key);
        }
        return info.map(found ->
                new RangesRead(found, ranges.stream().map(range -> new byte[0]).toList()));
    }

    private ConflictException changed(String key) {
        return new ConflictException(
                "cannot read from " + bucket.location(key) + ": it was replaced since it was opened; open it again");
    }
}
