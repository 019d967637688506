package org.copick.gcs;

import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.BucketAddress;

/**
 * Opens {@code gs://bucket/prefix} and {@code gcs://…}: Google Cloud Storage, or a service with the same JSON protocol.
 *
 * <p>Another service is named by the option {@code endpoint_url} or the environment variable
 * {@code STORAGE_EMULATOR_HOST}.
 *
 * <p>The options are those of Python's gcsfs: {@code token} with {@code anon}, {@code google_default}, {@code cloud},
 * the path or the content of a credentials file, or an access token; {@code project}, {@code access},
 * {@code endpoint_url}, {@code requester_pays}, {@code requests_timeout} and {@code consistency}. Options that only
 * tune gcsfs are accepted and ignored; unknown options, and {@code token} with {@code cache} or {@code browser}, are
 * refused by name.
 *
 * <p>Without {@code token} credentials are found like in every Google tool. If there are none, or the endpoint is not
 * encrypted, access is anonymous. Credentials that the options do not contain are sent only to Google's hosts and to
 * the endpoint that the environment names. For any other endpoint access is anonymous without {@code token}; with it
 * requests throw {@link org.copick.error.AccessDeniedException}, and nothing is sent.
 *
 * <p>Opening costs no request. Stores with equal options share their connections. {@link GcsStores} opens stores with a
 * client of the application.
 */
public final class GcsStorageProvider implements StorageProvider {
    static final Set<String> SCHEMES = Set.of("gs", "gcs");

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public GcsStorageProvider() {}

    @Override
    public String name() {
        return "Google Cloud Storage";
    }

    @Override
    public Set<String> schemes() {
        return SCHEMES;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        GoogleCloud.access();
        BucketAddress place = BucketAddress.of(address);
        return GcsStore.open(place, GcsOptions.of(address));
    }
}
