package org.copick.gcs;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;

@Tag("servers")
final class FakeStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalGcs.place();
    }

    /** Not tested: this server ignores the conditions of copies. {@link GcsStoreTest} tests them on a strict one. */
    @Override
    public void copiesOfAnotherVersion() {}

    @Override
    public int rounds() {
        return 5;
    }
}
