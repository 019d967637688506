package org.copick.gcs;

import com.google.cloud.storage.Storage;
import java.util.Objects;
import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.BucketAddress;

/**
 * Stores that use a client of the application, for programs that have one already, such as a bean of Spring or Quarkus.
 *
 * <p>The provider opens {@code gs://} and {@code gcs://} URLs. Give it to a context to open whole projects with it:
 *
 * <pre>{@code
 * try (CopickContext context = CopickContext.builder().storage(GcsStores.of(storage)).build();
 *         Root project = context.open("gs://bucket/project/config.json")) {
 *     ...
 * }
 * }</pre>
 *
 * <p>The client keeps its host, credentials, headers, timeouts and retries; arguments of a configuration that choose
 * these are ignored, except the payer. Requests are sent to the client's host, whatever a configuration names. The
 * client is never closed, and must stay open as long as the stores. It needs HTTP and JSON, as
 * {@code StorageOptions.http()} and the default options have them; clients for gRPC are refused.
 *
 * <p>An interrupt, a time limit and closing a store end a call at once, but the client may go on with the request in
 * the background. The limits on slow and endless answers and the refusal of redirects belong to copick's own clients
 * and do not apply.
 *
 * @since 0.1.0
 */
public final class GcsStores {
    private GcsStores() {}

    /**
     * {@return a provider whose stores send their requests with a client} Safe for use by several threads.
     *
     * @param client the application's client, which is not closed
     * @throws IllegalArgumentException if the client does not use HTTP and JSON
     */
    @SuppressWarnings("exports") // the library has no module name that a published module may require
    public static StorageProvider of(Storage client) {
        GoogleCloud.access();
        return new Provider(GcsClientFactory.of(Objects.requireNonNull(client, "client")));
    }

    private record Provider(GcsClient client) implements StorageProvider {
        @Override
        public String name() {
            return "Google Cloud Storage with a client of the application";
        }

        @Override
        public Set<String> schemes() {
            return GcsStorageProvider.SCHEMES;
        }

        @Override
        public boolean isRemote() {
            return true;
        }

        @Override
        public ObjectStore open(StoreAddress address) {
            return GcsStore.open(
                    BucketAddress.of(address), GcsOptions.of(client.storage(), address), client, client.release());
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
