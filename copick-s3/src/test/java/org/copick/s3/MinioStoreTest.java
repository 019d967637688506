package org.copick.s3;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MinioStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalS3.minio();
    }

    @Override
    public int rounds() {
        return 5;
    }
}
