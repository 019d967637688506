package org.copick.s3;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;

final class S3ProxyStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return S3ProxyUnderTest.place();
    }

    @Override
    public int rounds() {
        return 2;
    }
}
