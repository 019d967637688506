package org.copick.s3;

import org.copick.tests.FaultContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class S3ProxyFaultsTest extends FaultContract {
    @Override
    protected StoreUnderTest newStore() {
        return S3ProxyUnderTest.place();
    }

    @Override
    public int rounds() {
        return 4;
    }
}
