package org.copick.tests;

import org.copick.storage.ObjectStore;

/** The reference store as a subject of the kit, for tests that need a second store. */
public final class MemoryUnderTest implements StoreUnderTest {
    private final MemoryStore store = new MemoryStore();

    /** Creates a subject whose store is empty. */
    public MemoryUnderTest() {}

    @Override
    public ObjectStore open() {
        return store.reopen();
    }
}
