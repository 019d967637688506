package org.copick.http;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;

final class HttpStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return new HttpUnderTest();
    }
}
