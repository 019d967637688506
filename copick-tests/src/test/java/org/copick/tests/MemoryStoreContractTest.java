package org.copick.tests;

final class MemoryStoreContractTest extends ObjectStoreContract {
    @Override
    protected StoreUnderTest newStore() {
        return new MemoryUnderTest();
    }
}
