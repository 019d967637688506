package org.copick.storage.remote;

import java.util.Optional;

/** Buckets of a service that does not exist. */
final class TestBucket {
    private TestBucket() {}

    /** Returns a bucket below the prefix {@code in/}. */
    static Bucket<String> open() {
        return new Bucket<>(
                new Bucket.Service("x://", Optional.empty(), RetryPolicy.DEFAULT, Optional.empty()),
                new BucketAddress("bucket", "in/"),
                "client",
                () -> {},
                (operation, where, failure) -> new IllegalStateException(failure));
    }
}
