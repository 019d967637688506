package org.copick.gcs;

import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeProjectTest extends ProjectContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalGcs.place();
    }

    @Override
    public int rounds() {
        return 5;
    }
}
