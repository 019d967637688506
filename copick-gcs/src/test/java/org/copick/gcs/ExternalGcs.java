package org.copick.gcs;

import java.net.URI;

/**
 * A server that was started before the tests, with a bucket {@code copick-tests}. Its address is the system property
 * {@code copick.gcs.fake}; without it these tests fail, because they only run where a server is promised.
 */
final class ExternalGcs {
    private ExternalGcs() {}

    static GcsUnderTest place() {
        String endpoint = System.getProperty("copick.gcs.fake");
        if (endpoint == null) {
            throw new IllegalStateException("these tests need a running server; set copick.gcs.fake");
        }
        return GcsUnderTest.at(URI.create(endpoint), GcsServerUnderTest.BUCKET, true);
    }
}
