package org.copick.gcs;

import org.copick.tests.LargeImageContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeLargeImageTest extends LargeImageContract {
    /** Time-out in seconds. For each piece the server computes checksums of all bytes received so far. */
    private static final int TIMEOUT = 300;

    @Override
    protected StoreUnderTest newStore() {
        return ExternalGcs.place().withTimeout(TIMEOUT);
    }
}
