package org.copick.gcs;

import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;

final class GcsProjectTest extends ProjectContract {
    @Override
    protected StoreUnderTest newStore() {
        return GcsServerUnderTest.place();
    }

    @Override
    public int rounds() {
        return 4;
    }
}
