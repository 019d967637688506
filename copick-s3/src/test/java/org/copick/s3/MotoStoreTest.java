package org.copick.s3;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MotoStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalS3.moto();
    }

    @Override
    public int rounds() {
        return 5;
    }
}
