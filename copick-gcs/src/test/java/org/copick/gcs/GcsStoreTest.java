package org.copick.gcs;

import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Test;

final class GcsStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return GcsServerUnderTest.place();
    }

    @Test
    void manyNumberedNamesAreListed() {
        GcsUnderTest place = GcsServerUnderTest.place();
        try {
            ManyNames.areListed(place);
        } finally {
            place.remove();
        }
    }

    @Override
    public int rounds() {
        return 2;
    }
}
