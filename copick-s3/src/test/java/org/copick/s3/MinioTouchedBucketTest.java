package org.copick.s3;

import org.copick.tests.network.TouchedBucketContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MinioTouchedBucketTest extends TouchedBucketContract<S3UnderTest> {
    MinioTouchedBucketTest() {
        super(ExternalS3.minio());
    }

    @Override
    protected void put(S3UnderTest place, String name, byte[] content, String encoding) {
        place.put(name, content, encoding);
    }
}
