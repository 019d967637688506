package org.copick.gcs;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.util.Map;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;

/** Tests stores that use a client of the application, with its default transport and retries. */
final class OwnClientStoreTest extends ObjectStoreContract {
    /** One client for all stores, which none of them closes. */
    private static final Storage CLIENT = StorageOptions.http()
            .setHost(GcsServerUnderTest.place().endpoint().toString())
            .setProjectId("tests")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();

    private static final StorageProvider PROVIDER = GcsStores.of(CLIENT);

    @Override
    protected StoreUnderTest newStore() {
        GcsUnderTest place = GcsServerUnderTest.place();
        return new StoreUnderTest() {
            @Override
            public ObjectStore open() {
                return PROVIDER.open(new StoreAddress(place.rootUrl(), Map.of(), null));
            }

            @Override
            public void remove() {
                place.remove();
            }
        };
    }
}
