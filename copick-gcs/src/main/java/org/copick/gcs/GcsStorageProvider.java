package org.copick.gcs;

import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.BucketAddress;

/**
 * Opens {@code gs://bucket/prefix} and {@code gcs://…}: Google Cloud Storage, and with the option {@code endpoint_url} or the
 * environment's {@code STORAGE_EMULATOR_HOST} whatever else speaks its JSON protocol.
 *
 * <p>The options are those of Python's gcsfs: {@code token} with {@code anon}, {@code google_default}, {@code cloud}, the
 * name of a file of credentials, their content, or an access token; {@code project}, {@code access}, {@code endpoint_url},
 * {@code requester_pays}, {@code requests_timeout} and {@code consistency}. Those that only tune gcsfs are accepted without
 * effect; unknown ones, and {@code token} with {@code cache} or {@code browser}, are refused by name.
 *
 * <p>Without {@code token} credentials are found as every Google tool finds them; where there are none, or the endpoint is
 * not encrypted, access is anonymous. Credentials that the options do not hold go to Google's hosts and to the endpoint that the
 * environment names; for any other endpoint access is anonymous without {@code token}, and otherwise requests throw
 * {@link org.copick.error.AccessDeniedException}, and none is sent.
 *
 * <p>Opening costs no request. Stores with equal options share their connections.
 */
public final class GcsStorageProvider implements StorageProvider {
    @Override
    public String name() {
        return "Google Cloud Storage";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("gs", "gcs");
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        BucketAddress place = BucketAddress.of(address);
        return GcsStore.open(place, GcsOptions.of(address));
    }
}
