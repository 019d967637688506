package org.copick.http;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.error.InvalidNameException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.BucketReader;
import org.copick.storage.remote.SharedClients.Share;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a web server. It reads objects; it neither lists nor changes them.
 *
 * <p>Safe for use by multiple threads. Transient failures are retried. A request ends when the calling thread is
 * interrupted, the store is closed, or its time is over: two minutes plus the time for moving the bytes at 256 KiB per
 * second.
 */
final class HttpStore implements ObjectStore {
    private static final Set<StoreCapability> CAPABILITIES = Set.of(StoreCapability.REMOTE);

    private final Bucket<HttpConnections> bucket;
    private final BucketReader<HttpConnections> reader;

    private HttpStore(Bucket<HttpConnections> bucket, BucketReader<HttpConnections> reader) {
        this.bucket = bucket;
        this.reader = reader;
    }

    static HttpStore open(HttpRoot root, HttpOptions options) {
        Share<Duration, HttpConnections> share =
                HttpConnections.SHARED.open(options.retryPolicy().connect());
        Bucket.Service service = new Bucket.Service(
                root.origin().scheme() + "://", Optional.empty(), options.retryPolicy(), Optional.empty());
        Bucket<HttpConnections> bucket =
                new Bucket<>(service, root.address(), share.client(), share::close, new HttpFailures(options.access()));
        return new HttpStore(bucket, new BucketReader<>(bucket, new HttpObjects(root, options)));
    }

    @Override
    public String location() {
        return bucket.location();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return reader.read(bucket.checked(key));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return reader.readRanges(bucket.checked(key), ranges, expected);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return reader.info(bucket.checked(key));
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        throw unlisted(prefix);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        throw unlisted(prefix);
    }

    private UnsupportedFeatureException unlisted(String prefix) {
        Keys.checkedPrefix(prefix);
        bucket.requireOpen();
        return new UnsupportedFeatureException("cannot list " + bucket.location() + "/" + prefix
                + ": a web server lists no folders; make the index where the files are, with copick index on the folder, and"
                + " upload it");
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        throw readOnly("write", bucket.checked(key));
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        throw readOnly("write", bucket.checked(key));
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        bucket.checked(object.key());
        throw readOnly("write", bucket.checked(target));
    }

    @Override
    public void delete(String key) {
        throw readOnly("delete", bucket.checked(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        keys.forEach(bucket::checked);
        bucket.requireOpen();
        keys.forEach(this::delete);
    }

    @Override
    public void deletePrefix(String prefix) {
        throw readOnly("delete", checkedNamed(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        checkedNamed(staged);
        throw readOnly("replace", checkedNamed(prefix));
    }

    private static String checkedNamed(String prefix) {
        if (Keys.checkedPrefix(prefix).isEmpty()) {
            throw new InvalidNameException("the empty prefix stands for everything; name a prefix");
        }
        return prefix;
    }

    private ReadOnlyException readOnly(String operation, String key) {
        bucket.requireOpen();
        return new ReadOnlyException("cannot " + operation + " " + bucket.location(key)
                + ": web servers are only read; keep changes in an overlay on another storage");
    }

    @Override
    public void close() {
        bucket.close();
    }

    @Override
    public String toString() {
        return location();
    }
}
