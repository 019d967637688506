package org.copick.s3;

final class S3FailuresTest extends S3FailuresContract {
    S3FailuresTest() {
        super(S3ProxyUnderTest.place());
    }
}
