package org.copick.s3;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.s3.S3ClientFactory.Client;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.BucketAddress;
import org.copick.storage.remote.BucketStore;
import org.copick.storage.remote.SharedClients.Share;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store on a prefix of a bucket.
 *
 * <p>Versions are ETags. The ETag of an object that was written by one request is a digest of its content: rewriting
 * the same content gives the same version.
 *
 * <p>Conditional writes use the conditions of the service. Amazon's service supports all of them; another service is
 * probed with a small object {@code .copick-trial-…} before the first write that relies on conditions. A conditional
 * write is a single request and therefore limited to 5 GB. Unconditional writes of 64 MiB and more, and objects written
 * piece by piece of 16 MiB and more, are multipart uploads. Conditions on multipart uploads are probed, too.
 *
 * <p>Safe for use by multiple threads. The vendor's client retries transient failures. A request ends when the calling
 * thread is interrupted, the store is closed, or its time is over: two minutes plus the time for moving the bytes at
 * 256 KiB per second.
 */
final class S3Store extends BucketStore<S3Client> {
    private static final Set<StoreCapability> ALWAYS =
            Set.of(StoreCapability.WRITE, StoreCapability.REMOTE, StoreCapability.FLAT_LISTING);

    private final Bucket<S3Client> bucket;
    private final S3Writer writer;
    private final S3Copies copies;
    private final S3Listing listing;
    private final ConditionalWrites conditionalWrites;
    private final @Nullable Set<StoreCapability> conditions;

    private S3Store(
            Bucket<S3Client> bucket,
            S3Options options,
            S3Listing listing,
            ConditionalWrites conditionalWrites,
            @Nullable Set<StoreCapability> conditions) {
        super(bucket, new S3Objects(bucket, options), listing);
        this.bucket = bucket;
        this.writer = new S3Writer(bucket, options);
        this.copies = new S3Copies(bucket, options, writer);
        this.listing = listing;
        this.conditionalWrites = conditionalWrites;
        this.conditions = conditions;
    }

    /**
     * Opens a store.
     *
     * @param conditions the conditional writes that the service is known to support, or null to probe it
     */
    static S3Store open(BucketAddress place, S3Options options, @Nullable Set<StoreCapability> conditions) {
        Share<S3Options, Client> share = S3ClientFactory.SHARED.open(options);
        Client client = share.client();
        Bucket<S3Client> bucket = new Bucket<>(options.service(), place, client.s3(), share::close, S3Failures::of);
        return new S3Store(bucket, options, new S3Listing(bucket, options), client.conditionalWrites(), conditions);
    }

    /** Opens a store that uses a client of the application and does not close it. */
    static S3Store openWith(S3Client client, BucketAddress place, S3Options options) {
        Bucket<S3Client> bucket = new Bucket<>(options.service(), place, client, () -> {}, S3Failures::of);
        ConditionalWrites conditionalWrites = ConditionalWrites.at(options.endpoint());
        return new S3Store(bucket, options, new S3Listing(bucket, options), conditionalWrites, null);
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
        return conditions != null ? conditions : conditionalWrites.of(bucket.name(), new Trial(writer::write));
    }

    @Override
    protected ObjectInfo put(String key, byte[] bytes, WriteCondition condition) {
        requireHonoured(key, condition);
        return writer.write(key, bytes, condition);
    }

    @Override
    protected ObjectWriter begin(String key, WriteCondition condition) {
        requireHonoured(key, condition);
        return new PartsWriter(writer, key, condition, () -> requireHonoured(key, condition, conditionsOfParts()));
    }

    private void requireHonoured(String key, WriteCondition condition) {
        if (!condition.equals(WriteCondition.ANY)) {
            requireHonoured(key, condition, conditions());
        }
    }

    private void requireHonoured(String key, WriteCondition condition, Set<StoreCapability> honoured) {
        StoreCapability needed = condition.equals(WriteCondition.IF_ABSENT)
                ? StoreCapability.CREATE_IF_ABSENT
                : StoreCapability.REPLACE_IF_VERSION;
        if (!honoured.contains(needed)) {
            throw new UnsupportedFeatureException("cannot write " + bucket.location(key)
                    + " conditionally: this service does not support " + needed
                    + (conditions().contains(needed) ? " for multipart uploads" : ""));
        }
    }

    private Set<StoreCapability> conditionsOfParts() {
        return conditions != null
                ? conditions
                : conditionalWrites.ofParts(bucket.name(), new Trial(writer::sendInParts));
    }

    @Override
    protected void duplicate(ObjectInfo object, String target) {
        copies.copy(object, target);
    }

    @Override
    protected void remove(String key) {
        writer.delete(key);
    }

    @Override
    protected void removeNames(List<String> names) {
        writer.deleteAll(names);
    }

    /** A way to write an object. */
    @FunctionalInterface
    private interface Writing {
        ObjectInfo write(String key, byte[] bytes, WriteCondition condition);
    }

    /** The outcome of a conditional write. */
    private enum Outcome {
        WRITTEN,
        /** The condition does not hold, according to the service. */
        REFUSED,
        /** The service does not know the condition. */
        FAILED
    }

    /** Conditional writes of a small object that only this trial uses. */
    private final class Trial implements ConditionalWrites.Trial {
        private static final byte[] CONTENT = {'t', 'r', 'i', 'a', 'l'};

        private final Writing writing;
        private final String key = ".copick-trial-" + UUID.randomUUID();
        private Version version = new Version("");

        Trial(Writing writing) {
            this.writing = writing;
        }

        @Override
        public void create() {
            version = writing.write(key, CONTENT, WriteCondition.ANY).version();
        }

        @Override
        public boolean refusesToCreate() {
            return outcome(WriteCondition.IF_ABSENT) == Outcome.REFUSED;
        }

        @Override
        public boolean refusesToReplace() {
            Version other = new Version("00000000000000000000000000000000");
            return outcome(WriteCondition.ifVersion(other)) == Outcome.REFUSED;
        }

        @Override
        public boolean replaces() {
            return outcome(WriteCondition.ifVersion(version)) == Outcome.WRITTEN;
        }

        private Outcome outcome(WriteCondition condition) {
            try {
                version = writing.write(key, CONTENT, condition).version();
                return Outcome.WRITTEN;
            } catch (AlreadyExistsException | ConflictException e) {
                return Outcome.REFUSED;
            } catch (StorageException e) {
                if (e.mayBeTransient()) {
                    throw e; // says nothing about the service, so the trial has no result
                }
                return Outcome.FAILED;
            }
        }

        @Override
        public void clear() {
            writer.delete(key);
        }
    }
}
