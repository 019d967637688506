package org.copick.s3;

import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MinioFailuresTest extends S3FailuresTest {
    @Override
    S3UnderTest newPlace() {
        return ExternalS3.minio();
    }
}
