package org.copick.tests;

final class MemoryProjectTest extends ProjectContract {
    @Override
    protected StoreUnderTest newStore() {
        return new MemoryUnderTest();
    }
}
