package org.copick.tests;

final class MemoryFaultsTest extends FaultContract {
    @Override
    protected StoreUnderTest newStore() {
        return new MemoryUnderTest();
    }
}
