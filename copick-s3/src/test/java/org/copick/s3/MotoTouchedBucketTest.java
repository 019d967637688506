package org.copick.s3;

import org.copick.tests.network.TouchedBucketContract;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MotoTouchedBucketTest extends TouchedBucketContract<S3UnderTest> {
    MotoTouchedBucketTest() {
        super(ExternalS3.moto());
    }

    @Override
    protected void put(S3UnderTest place, String name, byte[] content, String encoding) {
        place.put(name, content, encoding);
    }
}
