package org.copick.gcs;

import java.net.URI;

/**
 * A server that is started before the tests, with a bucket {@code copick-tests}.
 *
 * <p>Its address is the system property {@code copick.gcs.fake}. Without it these tests fail, because they run only
 * where a server is expected.
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
