package org.copick.s3;

import org.junit.jupiter.api.Tag;

@Tag("servers")
final class MotoFailuresTest extends S3FailuresContract {
    MotoFailuresTest() {
        super(ExternalS3.moto());
    }
}
