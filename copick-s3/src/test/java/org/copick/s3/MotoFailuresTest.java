package org.copick.s3;

import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MotoFailuresTest extends S3FailuresTest {
    @Override
    S3UnderTest newPlace() {
        return ExternalS3.moto();
    }
}
