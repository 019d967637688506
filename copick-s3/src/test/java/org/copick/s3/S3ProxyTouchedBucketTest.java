package org.copick.s3;

import org.copick.tests.network.TouchedBucketContract;

final class S3ProxyTouchedBucketTest extends TouchedBucketContract<S3UnderTest> {
    S3ProxyTouchedBucketTest() {
        super(S3ProxyUnderTest.place());
    }

    @Override
    protected void put(S3UnderTest place, String name, byte[] content, String encoding) {
        place.put(name, content, encoding);
    }
}
