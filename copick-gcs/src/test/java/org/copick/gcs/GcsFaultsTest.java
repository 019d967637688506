package org.copick.gcs;

import org.copick.tests.FaultContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class GcsFaultsTest extends FaultContract {
    @Override
    protected StoreUnderTest newStore() {
        return GcsServerUnderTest.place();
    }

    @Override
    public int rounds() {
        return 4;
    }
}
