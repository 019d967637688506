package org.copick.s3;

import org.copick.tests.LargeImageContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MinioLargeImageTest extends LargeImageContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalS3.minio();
    }
}
