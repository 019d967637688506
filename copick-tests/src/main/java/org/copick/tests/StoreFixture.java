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
    /** {@return the place of this test, which is empty when the test starts} */
    StoreUnderTest place();

    /** {@return the store of this test} */
    ObjectStore store();

    /**
     * Opens another store on the same contents; the fixture closes it.
     *
     * @return a new store
     */
    ObjectStore another();

    /**
     * Puts objects into the place, even if the store itself is read-only.
     *
     * @param objects the contents by key
     */
    void put(Map<String, byte[]> objects);

    /** {@return how often to repeat tests for errors that occur only sometimes} */
    int rounds();

    /**
     * {@return whether the capability is not declared}
     *
     * <p>If it is not, each of the changes is tried, must be refused without effect, and no more is required by the
     * promise.
     *
     * @param capability the capability that the changes need
     * @param changes calls that need the capability
     */
    boolean refuses(StoreCapability capability, Executable... changes);

    /** Records that the promise does not apply to this store. */
    void notForThis();

    /**
     * {@return whether the store of this test declares a capability}
     *
     * @param capability the capability
     */
    default boolean can(StoreCapability capability) {
        return store().can(capability);
    }

    /** {@return the declared capability for replacing by version; the strict one if the store declares none} */
    default StoreCapability replacing() {
        return can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE)
                ? StoreCapability.REPLACE_IF_VERSION_COOPERATIVE
                : StoreCapability.REPLACE_IF_VERSION;
    }

    /**
     * Puts an object into the place, even if the store itself is read-only.
     *
     * @param key the key of the object
     * @param bytes the content
     */
    default void put(String key, byte[] bytes) {
        put(Map.of(key, bytes));
    }

    /**
     * Puts a text into the place, even if the store itself is read-only.
     *
     * @param key the key of the object
     * @param text the content, stored as UTF-8
     */
    default void put(String key, String text) {
        put(key, bytes(text));
    }

    /**
     * Fails unless an object has a content.
     *
     * @param key the key of the object
     * @param text the expected content, as UTF-8
     * @param promise the statement that a failure quotes
     */
    default void assertHolds(String key, String text, String promise) {
        byte[] found = store().read(key)
                .orElseThrow(() -> new AssertionError(promise + ": " + key + " is missing"))
                .bytes();
        assertArrayEquals(bytes(text), found, promise);
    }

    /**
     * Fails if an object exists.
     *
     * @param key the key of the object
     * @param promise the statement that a failure quotes
     */
    default void assertAbsent(String key, String promise) {
        assertTrue(store().read(key).isEmpty(), promise + ": read " + key);
        assertTrue(store().info(key).isEmpty(), promise + ": info " + key);
    }

    /**
     * Fails unless exactly these objects are listed, in this order.
     *
     * @param expected the keys of the objects
     * @param prefix empty or ending with {@code /}
     * @param promise the statement that a failure quotes
     */
    default void assertKeys(List<String> expected, String prefix, String promise) {
        assertEquals(expected, keys(each(prefix)), promise);
    }

    /**
     * {@return all objects below a prefix, page by page; fails if the listing repeats a key and might never end}
     *
     * @param prefix empty or ending with {@code /}
     */
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
