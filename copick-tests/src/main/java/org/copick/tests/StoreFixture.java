package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.junit.jupiter.api.function.Executable;

/** What the parts of the contracts need of the store under test. */
interface StoreFixture {
    /** The place of this test, empty at its beginning. */
    StoreUnderTest place();

    /** The store of this test. */
    ObjectStore store();

    /** Another store on the same contents; the fixture closes it. */
    ObjectStore another();

    /** Puts objects there, by whatever way is open. */
    void put(Map<String, byte[]> objects);

    /** How often to repeat what only sometimes goes wrong. */
    int rounds();

    /**
     * Whether the capability is not declared. Then each of these changes is tried and must be refused, without effect, and
     * that is what the promise comes to.
     */
    boolean refuses(StoreCapability capability, Executable... changes);

    /** Says that the promise means nothing to this store. */
    void notForThis();

    default boolean can(StoreCapability capability) {
        return store().can(capability);
    }

    /** The capability by which this store replaces by version; the strict one where it has none. */
    default StoreCapability replacing() {
        return can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE)
                ? StoreCapability.REPLACE_IF_VERSION_COOPERATIVE
                : StoreCapability.REPLACE_IF_VERSION;
    }

    default void put(String key, byte[] bytes) {
        put(Map.of(key, bytes));
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
        assertEquals(expected, keys(each(prefix)), promise);
    }

    /** All objects below a prefix, in as many pages as the store wants; fails where it would go on for ever. */
    default List<ObjectInfo> each(String prefix) {
        List<ObjectInfo> all = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        store().forEach(prefix, object -> {
            assertTrue(keys.add(object.key()), () -> "no key is listed twice: " + object.key());
            all.add(object);
        });
        return all;
    }

    static List<String> keys(List<ObjectInfo> objects) {
        return objects.stream().map(ObjectInfo::key).toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
