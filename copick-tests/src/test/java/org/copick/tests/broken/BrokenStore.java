package org.copick.tests.broken;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.copick.storage.ObjectStore;
import org.copick.tests.MemoryUnderTest;
import org.copick.tests.StoreUnderTest;

/**
 * A store that breaks a promise.
 *
 * @param name what is wrong with it
 * @param newPlace a place whose stores are so
 * @param caught the tests that must fail
 */
record BrokenStore(String name, java.util.function.Supplier<StoreUnderTest> newPlace, Set<String> caught) {
    /** Stores on memory with something wrong before each of them. */
    static BrokenStore of(String name, UnaryOperator<ObjectStore> breaking, String... caught) {
        return new BrokenStore(
                name,
                () -> {
                    MemoryUnderTest memory = new MemoryUnderTest();
                    return () -> breaking.apply(memory.open());
                },
                Set.copyOf(List.of(caught)));
    }

    @Override
    public String toString() {
        return name;
    }
}
