package org.copick.tests;

import java.util.Map;
import org.copick.layout.IndexedStore;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/** Runs the contract on a store with an index: keys outside a root's folders are listed by the store itself. */
final class IndexedStoreContractTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        MemoryUnderTest memory = new MemoryUnderTest();
        return new StoreUnderTest() {
            @Override
            public ObjectStore open() {
                return IndexedStore.over(memory.open());
            }

            @Override
            public void fill(Map<String, byte[]> objects) {
                try (ObjectStore store = memory.open()) {
                    objects.forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
                }
            }
        };
    }
}
