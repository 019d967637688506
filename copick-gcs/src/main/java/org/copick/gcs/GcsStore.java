package org.copick.gcs;

import java.util.List;
import java.util.Set;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.BucketAddress;
import org.copick.storage.remote.BucketStore;
import org.copick.storage.remote.SharedClients.Share;

/**
 * A store on a prefix of a bucket.
 *
 * <p>Versions are generations: each write creates a new one, even for the same content. Conditional writes use the
 * conditions of the service. An interrupted write of 16 MiB or more resumes where it stopped.
 *
 * <p>Safe for use by multiple threads. Transient failures are retried. A request ends when the calling thread is
 * interrupted, the store is closed, or its time is over: two minutes plus the time for moving the bytes at 256 KiB per
 * second.
 */
final class GcsStore extends BucketStore<GcsClient> {
    private static final Set<StoreCapability> CAPABILITIES = Set.of(
            StoreCapability.WRITE,
            StoreCapability.REMOTE,
            StoreCapability.FLAT_LISTING,
            StoreCapability.SEEK_LISTING,
            StoreCapability.CREATE_IF_ABSENT,
            StoreCapability.REPLACE_IF_VERSION);

    private final GcsWriter writer;
    private final GcsCopies copies;
    private final GcsDeletes deletes;

    private GcsStore(Bucket<GcsClient> bucket, GcsOptions options, GcsObjects objects, GcsFailures failures) {
        super(bucket, objects, new GcsListing(bucket, options));
        this.writer = new GcsWriter(bucket, options, objects);
        this.copies = new GcsCopies(bucket, options);
        this.deletes = new GcsDeletes(bucket, options, objects, failures);
    }

    static GcsStore open(BucketAddress place, GcsOptions options) {
        Share<GcsOptions, GcsClient> share = GcsClientFactory.SHARED.open(options);
        return open(place, options, share.client(), share::close);
    }

    /**
     * Opens a store.
     *
     * @param release returns the client when the store is closed; may be called several times
     */
    static GcsStore open(BucketAddress place, GcsOptions options, GcsClient client, Runnable release) {
        GcsFailures failures =
                new GcsFailures(options.access(), client.storage().getOptions().getCredentials());
        Bucket<GcsClient> bucket = new Bucket<>(options.service(), place, client, release, failures);
        return new GcsStore(bucket, options, new GcsObjects(bucket, options), failures);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    protected ObjectInfo put(String key, byte[] bytes, WriteCondition condition) {
        return writer.write(key, bytes, condition);
    }

    @Override
    protected ObjectWriter begin(String key, WriteCondition condition) {
        return new PiecesWriter(writer, key, condition);
    }

    @Override
    protected void duplicate(ObjectInfo object, String target) {
        copies.copy(object, target);
    }

    @Override
    protected void remove(String key) {
        deletes.delete(key);
    }

    @Override
    protected void removeNames(List<String> names) {
        deletes.deleteAll(names);
    }
}
