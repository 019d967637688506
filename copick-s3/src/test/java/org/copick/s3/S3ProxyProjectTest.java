package org.copick.s3;

import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;

final class S3ProxyProjectTest extends ProjectContract {
    @Override
    protected StoreUnderTest newStore() {
        return S3ProxyUnderTest.place();
    }

    @Override
    public int rounds() {
        return 4;
    }
}
