package org.copick.gcs;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;

final class GcsStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return GcsServerUnderTest.place();
    }

    @Override
    public int rounds() {
        return 2;
    }
}
