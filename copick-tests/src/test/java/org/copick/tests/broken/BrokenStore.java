package org.copick.tests.broken;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryUnderTest;
import org.copick.tests.StoreUnderTest;

/**
 * A store that breaks a promise.
 *
 * @param name the defect
 * @param newPlace creates a place whose stores have the defect
 * @param caught the tests that must fail; the first one is specific to the defect
 * @param also other tests that may fail, by chance or because they need the broken function
 */
record BrokenStore(String name, Supplier<StoreUnderTest> newPlace, List<String> caught, Set<String> also) {
    private static final String RANDOM = "randomOperationsMatchASortedMap";

    /** Wraps each store on a memory place into a defective one. */
    static BrokenStore of(String name, UnaryOperator<ObjectStore> breaking, String... caught) {
        return new BrokenStore(
                name,
                () -> {
                    MemoryUnderTest memory = new MemoryUnderTest();
                    return () -> breaking.apply(memory.open());
                },
                List.of(caught),
                Set.of());
    }

    /** Wraps all stores of a place into defective ones that share state; the kit fills the place bypassing them. */
    static BrokenStore together(String name, Supplier<UnaryOperator<ObjectStore>> newBreaking, String... caught) {
        return new BrokenStore(name, () -> new FilledPlace(newBreaking.get()), List.of(caught), Set.of());
    }

    /** Returns this store with other tests that may fail. */
    BrokenStore also(String... others) {
        return new BrokenStore(name, newPlace, caught, Set.of(others));
    }

    /** Returns this store with other tests that may fail, including the test of random operations. */
    BrokenStore alsoRandom(String... others) {
        Set<String> all = new HashSet<>(Set.of(others));
        all.add(RANDOM);
        return new BrokenStore(name, newPlace, caught, Set.copyOf(all));
    }

    @Override
    public String toString() {
        return name;
    }

    private record FilledPlace(MemoryUnderTest memory, UnaryOperator<ObjectStore> breaking) implements StoreUnderTest {
        FilledPlace(UnaryOperator<ObjectStore> breaking) {
            this(new MemoryUnderTest(), breaking);
        }

        @Override
        public ObjectStore open() {
            return breaking.apply(memory.open());
        }

        @Override
        public void fill(Map<String, byte[]> objects) {
            try (ObjectStore store = memory.open()) {
                objects.forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
            }
        }
    }
}
