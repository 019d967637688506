package org.copick.gcs;

import org.copick.tests.OverlayContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeOverlayTest extends OverlayContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalGcs.place();
    }

    @Override
    protected StoreUnderTest newShared() {
        return ExternalGcs.place();
    }

    @Override
    public int rounds() {
        return 3;
    }
}
