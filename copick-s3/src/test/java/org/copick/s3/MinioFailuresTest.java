package org.copick.s3;

import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MinioFailuresTest extends S3FailuresContract {
    MinioFailuresTest() {
        super(ExternalS3.minio());
    }
}
