package org.copick.tests;

import java.util.Map;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/**
 * A new, empty place for objects, and how to open stores on it: everything that the kit needs to know about a store.
 *
 * <p>Each test gets its own place.
 */
public interface StoreUnderTest {
    /**
     * Opens a store on the place; every call returns another store on the same contents. The kit closes it.
     *
     * @return a new store
     * @throws Exception if the store cannot be opened
     */
    ObjectStore open() throws Exception;

    /**
     * Puts objects into the place. Override this for a store that cannot write.
     *
     * @param objects the contents by key
     * @throws Exception if the objects cannot be stored
     */
    default void fill(Map<String, byte[]> objects) throws Exception {
        try (ObjectStore store = open()) {
            objects.forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
        }
    }

    /**
     * {@return whether the place can hold this unusual key} Override this if the file system or service restricts
     * names.
     *
     * @param key a valid key
     */
    default boolean canHold(String key) {
        return true;
    }

    /**
     * {@return whether the place can hold an object and others below its key, such as {@code a} and {@code a/b}}
     *
     * <p>The kit calls this only if {@link org.copick.storage.StoreCapability#FOLDERS} is not declared. Override it if
     * the service behind the store refuses such objects or stops listing some of them. The kit then only checks that
     * existing objects stay as they are.
     */
    default boolean canHoldBelowObjects() {
        return true;
    }

    /**
     * {@return the URL by which any process opens the place with an installed
     * {@link org.copick.storage.StorageProvider}}
     *
     * <p>Appending {@code /} and a name must give a folder of the place. The kit opens the place by this URL in other
     * processes, which it also kills. The default is empty: other processes cannot see the place, and the promises about
     * processes, kills and locations are marked as not applicable.
     */
    default Optional<String> url() {
        return Optional.empty();
    }

    /**
     * {@return the root for the configuration of a project on this place, valid in any process, together with the
     * {@link #arguments}}
     *
     * <p>The default is the {@link #url}. Override this for a place that needs arguments.
     */
    default Optional<String> root() {
        return url();
    }

    /** {@return the file-system arguments that a configuration needs beside the {@link #root}} */
    default Map<String, Object> arguments() {
        return Map.of();
    }

    /**
     * Removes the place, after all its stores are closed.
     *
     * @throws Exception if the place cannot be removed
     */
    default void remove() throws Exception {}
}
