package org.copick.gcs;

import org.copick.tests.LargeImageContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeLargeImageTest extends LargeImageContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalGcs.place();
    }
}
