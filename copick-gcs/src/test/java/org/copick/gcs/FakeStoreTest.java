package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
final class FakeStoreTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return ExternalGcs.place();
    }

    /** Checks that this server ignores the conditions of copies, as docs/gcs.md says; {@link GcsStoreTest} tests them. */
    @Test
    @Override
    public void copiesOfAnotherVersion() {
        try (ObjectStore store = ExternalGcs.place().open()) {
            ObjectInfo first = store.write("object", new byte[] {1}, WriteCondition.ANY);
            store.write("object", new byte[] {2}, WriteCondition.ANY);
            store.copy(first, "copy");
            assertArrayEquals(new byte[] {2}, store.read("copy").orElseThrow().bytes());
        }
    }

    @Test
    void manyNumberedNamesAreListed() {
        GcsUnderTest place = ExternalGcs.place();
        try {
            ManyNames.areListed(place);
        } finally {
            place.remove();
        }
    }

    @Override
    public int rounds() {
        return 5;
    }
}
