package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;

/** What the parts of {@link ObjectStoreContract} need of the store under test. */
interface StoreFixture {
    /** The store of this test, empty at its beginning. */
    ObjectStore store();

    /** Another store on the same contents; the fixture closes it. */
    ObjectStore another();

    /** Puts an object there, by whatever way is open. */
    void put(String key, byte[] bytes);

    /** How often to repeat what only sometimes goes wrong. */
    int rounds();

    /** Whether the place can hold such a key; a disk may refuse some that {@code Keys} allows. */
    boolean canHold(String key);

    default boolean can(StoreCapability capability) {
        return store().capabilities().contains(capability);
    }

    default boolean canReplaceIfVersion() {
        return can(StoreCapability.REPLACE_IF_VERSION) || can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE);
    }

    default void put(String key, String text) {
        put(key, bytes(text));
    }

    default void assertHolds(String key, String text, String promise) {
        byte[] found = store().read(key)
                .orElseThrow(() -> new AssertionError(promise + ": " + key + " is missing"))
                .bytes();
        assertArrayEquals(bytes(text), found, promise);
    }

    default void assertAbsent(String key, String promise) {
        assertTrue(store().read(key).isEmpty(), promise + ": read " + key);
        assertTrue(store().info(key).isEmpty(), promise + ": info " + key);
    }

    default void assertKeys(List<String> expected, String prefix, String promise) {
        assertEquals(expected, keys(store().list(prefix, null, 1_000_000).objects()), promise);
    }

    static List<String> keys(List<ObjectInfo> objects) {
        return objects.stream().map(ObjectInfo::key).toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
