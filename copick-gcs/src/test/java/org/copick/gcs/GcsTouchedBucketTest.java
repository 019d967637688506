package org.copick.gcs;

import org.copick.gcs.server.GcsServer;
import org.copick.tests.network.TouchedBucketContract;

final class GcsTouchedBucketTest extends TouchedBucketContract<GcsUnderTest> {
    GcsTouchedBucketTest() {
        super(GcsServerUnderTest.place());
    }

    @Override
    protected void put(GcsUnderTest place, String name, byte[] content, String encoding) {
        GcsServer.running().put(place.bucket(), place.prefix() + "/" + name, content, encoding);
    }
}
