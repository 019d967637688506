package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
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

/** The methods and helpers that all parts of the contracts need to test a store. */
interface StoreFixture {
    /** Returns the place of this test, which is empty when the test starts. */
    StoreUnderTest place();

    /** Returns the store of this test. */
    ObjectStore store();

    /** Opens another store on the same contents; the fixture closes it. */
    ObjectStore another();

    /** Puts objects into the place, even if the store itself is read-only. */
    void put(Map<String, byte[]> objects);

    /** Returns how often to repeat tests for errors that occur only sometimes. */
    int rounds();

    /**
     * Returns whether the capability is not declared.
     *
     * <p>If it is not, each of the changes is tried, must be refused without effect, and no more is required by the
     * promise.
     */
    boolean refuses(StoreCapability capability, Executable... changes);

    /** Records that the promise does not apply to this store. */
    void notForThis();

    default boolean can(StoreCapability capability) {
        return store().can(capability);
    }

    /** Returns the declared capability for replacing by version; the strict one if the store declares none. */
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

    /** Returns all objects below a prefix, page by page; fails if the listing repeats a key and might never end. */
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
