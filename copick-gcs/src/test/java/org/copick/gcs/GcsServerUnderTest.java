package org.copick.gcs;

import org.copick.gcs.server.GcsServer;

/** A new place on the server that is started with the tests. */
final class GcsServerUnderTest {
    static final String BUCKET = "copick-tests";

    private GcsServerUnderTest() {}

    static GcsUnderTest place() {
        GcsServer server = GcsServer.running();
        server.create(BUCKET);
        return GcsUnderTest.at(server.endpoint(), BUCKET, true);
    }
}
