package org.copick.tests;

import java.util.Map;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/**
 * A new, empty place for objects, and how to open stores on it: all that the kit must know of a store. Each test gets a
 * place of its own.
 */
public interface StoreUnderTest {
    /** Opens a store on the place; every call another one on the same contents. The kit closes it. */
    ObjectStore open() throws Exception;

    /** Puts objects there, by whatever way is open. To be overridden for a store that cannot write. */
    default void fill(Map<String, byte[]> objects) throws Exception {
        try (ObjectStore store = open()) {
            objects.forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
        }
    }

    /** Whether the place can hold this unusual key. To be overridden where the system restricts names. */
    default boolean canHold(String key) {
        return true;
    }

    /**
     * Whether the place can hold an object and others below its key, as in {@code a} and {@code a/b}; asked only where
     * {@link org.copick.storage.StoreCapability#FOLDERS} is not declared. To be overridden where the service behind the store
     * refuses that or loses sight of some; the kit then expects only that the objects which were there are as they were.
     */
    default boolean canHoldBelowObjects() {
        return true;
    }

    /**
     * The URL by which an installed {@link org.copick.storage.StorageProvider} opens the same place in any process, and a
     * folder of it when {@code /} and a name are appended; empty, as it is by default, where no other process can see the
     * place.
     */
    default Optional<String> url() {
        return Optional.empty();
    }

    /**
     * The root by which a configuration opens the same place in any process, with the {@link #arguments}; by default the
     * {@link #url}. To be overridden for a place that needs arguments.
     */
    default Optional<String> root() {
        return url();
    }

    /** The file-system arguments that a configuration names beside the {@link #root}. */
    default Map<String, Object> arguments() {
        return Map.of();
    }

    /** Removes the place, after all its stores were closed. */
    default void remove() throws Exception {}
}
