package org.copick.s3;

import java.util.Set;
import org.copick.s3.S3UnderTest.Quirk;
import org.copick.s3.server.S3ProxyServer;
import org.copick.storage.StoreCapability;

/** A new place on the S3Proxy server that is started with the tests. */
final class S3ProxyUnderTest {
    private static final String BUCKET = "copick-tests";

    private S3ProxyUnderTest() {}

    /**
     * Returns a place without replacement by version.
     *
     * <p>The server may let several concurrent replacements of one version succeed.
     */
    static S3UnderTest place() {
        return S3UnderTest.at(
                S3ProxyServer.running().endpoint(),
                S3ProxyServer.KEY,
                S3ProxyServer.SECRET,
                BUCKET,
                Set.of(StoreCapability.CREATE_IF_ABSENT),
                Quirk.UTF_16_ORDER,
                Quirk.NOTHING_BELOW_OBJECTS);
    }
}
