package org.copick.s3;

import java.util.Objects;
import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.BucketAddress;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Stores that use a client of the application, for programs that have one already, such as a bean of Spring or Quarkus.
 *
 * <p>The provider opens {@code s3://} and {@code s3a://} URLs. Give it to a context to open whole projects with it:
 *
 * <pre>{@code
 * try (CopickContext context = CopickContext.builder().storage(S3Stores.of(client)).build();
 *         Root project = context.open("s3://bucket/project/config.json")) {
 *     ...
 * }
 * }</pre>
 *
 * <p>The client keeps its endpoint, region, credentials, timeouts and retries; arguments of a configuration that choose
 * these are ignored. {@code requester_pays} and {@code s3_additional_kwargs} apply. Requests are sent to the client's
 * endpoint, whatever a configuration names. The client is never closed, and must stay open as long as the stores.
 *
 * <p>An interrupt, a time limit and closing a store end a call at once, but the client may go on with the request in
 * the background. The limits on slow and endless answers belong to copick's own clients and do not apply.
 *
 * @since 0.1.0
 */
public final class S3Stores {
    private S3Stores() {}

    /**
     * {@return a provider whose stores send their requests with a client} Safe for use by several threads.
     *
     * @param client the application's client, which is not closed
     */
    public static StorageProvider of(S3Client client) {
        return new Provider(Objects.requireNonNull(client, "client"));
    }

    private record Provider(S3Client client) implements StorageProvider {
        @Override
        public String name() {
            return "S3 with a client of the application";
        }

        @Override
        public Set<String> schemes() {
            return S3StorageProvider.SCHEMES;
        }

        @Override
        public boolean isRemote() {
            return true;
        }

        @Override
        public ObjectStore open(StoreAddress address) {
            return S3Store.openWith(client, BucketAddress.of(address), S3Options.of(client, address));
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
