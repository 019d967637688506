package org.copick.tests;

import org.copick.storage.ObjectStore;

class MemoryStoreContractTest extends ObjectStoreContract {
    private MemoryStore last = new MemoryStore();

    @Override
    protected ObjectStore openStore() {
        last = new MemoryStore();
        return last;
    }

    @Override
    protected ObjectStore reopen() {
        return last.reopen();
    }
}
