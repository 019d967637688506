package org.copick.gcs;

import org.copick.tests.OverlayContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class GcsOverlayTest extends OverlayContract {
    @Override
    protected StoreUnderTest newStore() {
        return GcsServerUnderTest.place();
    }

    @Override
    protected StoreUnderTest newShared() {
        return GcsServerUnderTest.place();
    }

    @Override
    public int rounds() {
        return 3;
    }
}
