package org.copick.s3;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.Keys;
import org.copick.storage.LevelListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A prefix of a bucket. Versions are ETags, which for objects written in one piece are a digest of their content: writing the
 * same content again gives the same version.
 *
 * <p>Conditional writes are those of the service. Amazon's are known; whether another service honours them is tried with a
 * small object {@code .copick-trial-…} before the first write that relies on them. They are made by a single request, so
 * they are limited to 5 GB; unconditional writes from 64 MiB on are made of several requests.
 *
 * <p>Safe for use by many threads. Requests are repeated by the vendor's client while what hinders them may pass, and end
 * when the calling thread is interrupted, the store closed, or their time is over: two minutes and what it takes to move
 * the bytes at 256 KiB a second.
 */
final class S3Store implements ObjectStore {
    private static final Set<StoreCapability> ALWAYS =
            Set.of(StoreCapability.WRITE, StoreCapability.REMOTE, StoreCapability.FLAT_LISTING);
    private static final int MOST_KEY_BYTES = 1024;

    private final S3Bucket bucket;
    private final S3Reader reader;
    private final S3Writer writer;
    private final S3Listing listing;
    private final @Nullable Set<StoreCapability> conditions;

    S3Store(S3Connection connection, String bucket, String prefix) {
        this(connection, bucket, prefix, null);
    }

    /** @param conditions the conditions on writes that are known to be kept, or null to find out */
    S3Store(S3Connection connection, String bucket, String prefix, @Nullable Set<StoreCapability> conditions) {
        this.bucket = new S3Bucket(connection, bucket, prefix);
        this.reader = new S3Reader(this.bucket);
        this.writer = new S3Writer(this.bucket);
        this.listing = new S3Listing(this.bucket);
        this.conditions = conditions;
    }

    @Override
    public String location() {
        return bucket.location();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        EnumSet<StoreCapability> all = EnumSet.copyOf(ALWAYS);
        if (listing.seeks()) {
            all.add(StoreCapability.SEEK_LISTING);
        }
        all.addAll(conditions());
        return all;
    }

    @Override
    public boolean can(StoreCapability capability) {
        return ALWAYS.contains(capability)
                || (capability == StoreCapability.SEEK_LISTING && listing.seeks())
                || (ConditionalWrites.ALL.contains(capability) && conditions().contains(capability));
    }

    private Set<StoreCapability> conditions() {
        return conditions != null ? conditions : bucket.conditionalWrites().of(bucket.name(), new Trial());
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return reader.read(checked(key));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return reader.readRanges(checked(key), ranges, expected);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return reader.info(checked(key));
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        checked(key);
        if (!condition.equals(WriteCondition.ANY)) {
            bucket.requireOpen();
            StoreCapability needed = condition.equals(WriteCondition.IF_ABSENT)
                    ? StoreCapability.CREATE_IF_ABSENT
                    : StoreCapability.REPLACE_IF_VERSION;
            if (!can(needed)) {
                throw new UnsupportedFeatureException("cannot write " + location() + "/" + key
                        + " on a condition: this service does not honour " + needed);
            }
        }
        return writer.write(key, bytes.clone(), condition);
    }

    @Override
    public void delete(String key) {
        writer.delete(checked(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        keys.forEach(this::checked);
        bucket.requireOpen();
        writer.deleteAll(
                keys.stream().map(key -> bucket.prefix() + key).distinct().toList());
    }

    @Override
    public void deletePrefix(String prefix) {
        checkedPrefix(prefix);
        if (prefix.isEmpty()) {
            throw new InvalidNameException("cannot delete all of " + location() + ": name a prefix");
        }
        // what was deleted is not listed again, so each page is the first one
        List<String> keys = listing.rawKeys(prefix);
        while (!keys.isEmpty()) {
            writer.deleteAll(keys);
            keys = listing.rawKeys(prefix);
        }
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        checkedPrefix(prefix);
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least one object, not " + limit);
        }
        return listing.list(prefix, after, limit);
    }

    @Override
    public LevelListing listLevel(String prefix) {
        checkedPrefix(prefix);
        return listing.level(prefix);
    }

    @Override
    public void close() {
        bucket.close();
    }

    @Override
    public String toString() {
        return location();
    }

    private String checked(String key) {
        Keys.checked(key);
        int length = (bucket.prefix() + key).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length > MOST_KEY_BYTES) {
            throw new InvalidNameException("the key " + key.substring(0, Math.min(40, key.length())) + "… takes "
                    + length + " bytes; S3 has room for " + MOST_KEY_BYTES);
        }
        return key;
    }

    private void checkedPrefix(String prefix) {
        Keys.checkedPrefix(prefix);
        bucket.requireOpen();
    }

    /** Conditional writes of a small object of our own. */
    private final class Trial implements ConditionalWrites.Trial {
        private static final byte[] CONTENT = {'t', 'r', 'i', 'a', 'l'};

        private final String key = ".copick-trial-" + UUID.randomUUID();
        private Version version = new Version("");

        @Override
        public void create() {
            version = writer.write(key, CONTENT, WriteCondition.ANY).version();
        }

        @Override
        public boolean refusesToCreate() {
            return refuses(WriteCondition.IF_ABSENT);
        }

        @Override
        public boolean refusesToReplace() {
            return refuses(WriteCondition.ifVersion(new Version("00000000000000000000000000000000")));
        }

        @Override
        public boolean replaces() {
            return !refuses(WriteCondition.ifVersion(version));
        }

        private boolean refuses(WriteCondition condition) {
            try {
                version = writer.write(key, CONTENT, condition).version();
                return false;
            } catch (AlreadyExistsException | ConflictException | org.copick.error.StorageException e) {
                return true;
            }
        }

        @Override
        public void clear() {
            writer.delete(key);
        }
    }
}
