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
 * @param name what is wrong with it
 * @param newPlace a place whose stores are so
 * @param caught the tests that must fail, the one that is about it first
 * @param also the other tests that may fail, by chance or because they need what is broken
 */
record BrokenStore(String name, Supplier<StoreUnderTest> newPlace, List<String> caught, Set<String> also) {
    private static final String RANDOM = "randomOperationsMatchASortedMap";

    /** Stores on memory with something wrong before each of them. */
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

    /** Stores that have something wrong in common, on a place that the kit fills behind their back. */
    static BrokenStore together(String name, Supplier<UnaryOperator<ObjectStore>> newBreaking, String... caught) {
        return new BrokenStore(name, () -> new FilledPlace(newBreaking.get()), List.of(caught), Set.of());
    }

    /** The other tests that may fail. */
    BrokenStore also(String... others) {
        return new BrokenStore(name, newPlace, caught, Set.of(others));
    }

    /** The other tests that may fail, among them the one whose operations are drawn by chance. */
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
