package org.copick.s3;

import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.S3Client;

/** A store's share in a client. */
final class S3Connection implements AutoCloseable {
    private final S3Options options;
    private final S3ClientFactory.Client client;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    S3Connection(S3Options options, S3ClientFactory.Client client, Runnable release) {
        this.options = options;
        this.client = client;
        this.release = release;
    }

    S3Options options() {
        return options;
    }

    S3Client client() {
        return client.s3();
    }

    ConditionalWrites conditionalWrites() {
        return client.conditionalWrites();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
