package org.copick.s3;

import java.net.URI;
import org.copick.tests.FaultContract;
import org.copick.tests.StoreUnderTest;

final class ExternalS3FaultsTest extends FaultContract {
    @Override
    protected StoreUnderTest newStore() {
        return S3UnderTest.at(
                URI.create(System.getProperty("scratch.s3", "")),
                "minio-user",
                "minio-secret",
                "scratch",
                null,
                S3UnderTest.Quirk.NOTHING_BELOW_OBJECTS);
    }
}
