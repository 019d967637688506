package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;

/** What writing and deleting promise to a single caller. */
interface StoreWritingContract extends StoreFixture {
    private void assumeWritable() {
        assumeTrue(can(StoreCapability.WRITE), "this store does not declare WRITE");
    }

    private ObjectInfo write(String key, String text, WriteCondition condition) {
        return store().write(key, StoreFixture.bytes(text), condition);
    }

    @Test
    default void aReadOnlyStoreRefusesChanges() {
        assumeFalse(can(StoreCapability.WRITE), "this store declares WRITE");
        put("there", "content");
        String promise = "ReadOnlyException where WRITE is not declared";
        assertThrows(ReadOnlyException.class, () -> write("new", "x", WriteCondition.ANY), promise);
        assertThrows(ReadOnlyException.class, () -> write("there", "x", WriteCondition.ANY), promise);
        assertThrows(ReadOnlyException.class, () -> store().delete("there"), promise);
        assertThrows(ReadOnlyException.class, () -> store().deleteAll(List.of("there")), promise);
        assertThrows(ReadOnlyException.class, () -> store().deletePrefix("there/"), promise);
        assertAbsent("new", promise);
        assertHolds("there", "content", promise);
    }

    @Test
    default void writesCreateAndReplace() {
        assumeWritable();
        String promise = "a write is visible when it returns";
        ObjectInfo first = write("deep/in/folders", "first", WriteCondition.ANY);
        assertHolds("deep/in/folders", "first", promise);
        assertEquals(first, store().info("deep/in/folders").orElseThrow(), "write returns what info tells");
        ObjectInfo second = write("deep/in/folders", "the second", WriteCondition.ANY);
        assertHolds("deep/in/folders", "the second", promise);
        assertEquals(new ObjectInfo("deep/in/folders", 10, second.version()), second, "write tells key and size");
        assertEquals(
                second, another().info("deep/in/folders").orElseThrow(), "other stores see the write when it returned");
        write("deep/in/folders", "", WriteCondition.ANY);
        assertHolds("deep/in/folders", "", "an object may be empty");
    }

    @Test
    default void quickReplacementsHaveDifferentVersions() {
        assumeWritable();
        Set<Version> versions = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            versions.add(write("object", String.format("%04d", i), WriteCondition.ANY)
                    .version());
        }
        assertEquals(100, versions.size(), "different states of an object have different versions");
    }

    @Test
    default void createIfAbsent() {
        assumeWritable();
        if (!can(StoreCapability.CREATE_IF_ABSENT)) {
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> write("a/object", "x", WriteCondition.IF_ABSENT),
                    "UnsupportedFeatureException for a condition the store does not declare");
            assertAbsent("a/object", "a refused write changes nothing");
            return;
        }
        ObjectInfo created = write("a/object", "first", WriteCondition.IF_ABSENT);
        assertEquals(created, store().info("a/object").orElseThrow(), "write returns what info tells");
        assertThrows(
                AlreadyExistsException.class,
                () -> write("a/object", "second", WriteCondition.IF_ABSENT),
                "AlreadyExistsException for IF_ABSENT on a taken key");
        assertHolds("a/object", "first", "a refused write changes nothing");
        assertEquals(created, store().info("a/object").orElseThrow(), "a refused write changes nothing");
        store().delete("a/object");
        write("a/object", "third", WriteCondition.IF_ABSENT);
        assertHolds("a/object", "third", "a deleted key is free again");
        write("a/object", "fourth", WriteCondition.ANY);
        assertHolds("a/object", "fourth", "ANY replaces what IF_ABSENT created");
    }

    @Test
    default void replaceIfVersion() {
        assumeWritable();
        Version first = write("a/object", "first", WriteCondition.ANY).version();
        if (!canReplaceIfVersion()) {
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> write("a/object", "second", WriteCondition.ifVersion(first)),
                    "UnsupportedFeatureException for a condition the store does not declare");
            assertHolds("a/object", "first", "a refused write changes nothing");
            return;
        }
        ObjectInfo second = write("a/object", "other", WriteCondition.ifVersion(first));
        assertEquals(second, store().info("a/object").orElseThrow(), "write returns what info tells");
        assertThrows(
                ConflictException.class,
                () -> write("a/object", "third", WriteCondition.ifVersion(first)),
                "ConflictException for an expected version that is not the current one");
        assertHolds("a/object", "other", "a refused write changes nothing");
        store().delete("a/object");
        assertThrows(
                ConflictException.class,
                () -> write("a/object", "fourth", WriteCondition.ifVersion(second.version())),
                "ConflictException for an expected version that is gone");
        assertAbsent("a/object", "a refused write changes nothing");
        assertThrows(
                ConflictException.class,
                () -> write("never", "x", WriteCondition.ifVersion(second.version())),
                "ConflictException for a key that was never there");
    }

    @Test
    default void deletes() {
        assumeWritable();
        put("a/one", "1");
        put("a/two", "2");
        put("a/onetwo", "3");
        store().delete("a/one");
        assertAbsent("a/one", "a deleted object is absent");
        assertKeys(List.of("a/onetwo", "a/two"), "", "delete deletes the one object");
        store().delete("a/one");
        store().delete("never/there");
        store().delete("a");
        store().delete("a/two/below");
        assertKeys(List.of("a/onetwo", "a/two"), "", "deleting an absent object does nothing");
    }

    @Test
    default void deletesOfSeveral() {
        assumeWritable();
        for (String key : List.of("a", "b/1", "b/2", "c", "d/e/f")) {
            put(key, key);
        }
        store().deleteAll(List.of("missing", "a", "b/missing", "b/2", "a", "d/e/f", "d/e/f"));
        assertKeys(List.of("b/1", "c"), "", "deleteAll deletes all it is given and passes over absent ones");
        store().deleteAll(Set.of());
        assertKeys(List.of("b/1", "c"), "", "deleteAll of nothing does nothing");
    }

    @Test
    default void deletesOfAPrefix() {
        assumeWritable();
        List<String> below = List.of("run/x/1", "run/x/2/3", "run/x/\ud83d\ude00", "run/x/.hidden");
        List<String> beside = List.of("run/w", "run/x.json", "run/x0", "run/xy/1", "run/x!/1", "x/1");
        below.forEach(key -> put(key, key));
        beside.forEach(key -> put(key, key));
        store().deletePrefix("run/x/");
        assertKeys(
                beside.stream().sorted(KeyOrder.BY_CODE_POINT).toList(),
                "",
                "deletePrefix deletes all keys that begin with the prefix and no others");
        assertEquals(
                List.of("run/x!/", "run/xy/"), store().listLevel("run/").prefixes(), "a deleted prefix is not listed");
        store().deletePrefix("run/x/");
        store().deletePrefix("missing/prefix/");
        store().deletePrefix("x/1/");
        assertHolds("x/1", "x/1", "the object \"a\" is not below the prefix \"a/\"");
    }

    @Test
    default void replacesAPrefixAtOnce() {
        assumeWritable();
        if (!can(StoreCapability.REPLACE_PREFIX)) {
            assertThrows(
                    UnsupportedFeatureException.class, () -> store().replacePrefix("a/", "b/", WriteCondition.ANY));
            return;
        }
        put("run/new.staged/0/1", "new chunk");
        put("run/new.staged/meta", "new");
        put("run/image/0/1", "old chunk");
        put("run/image/0/2", "another old chunk");
        put("run/imagery", "a neighbour");
        store().replacePrefix("run/new.staged/", "run/image/", WriteCondition.ANY);
        String promise = "replacePrefix puts all that is staged in the place of all that was there";
        assertEquals(
                List.of("run/image/0/1", "run/image/meta", "run/imagery"),
                store().list("", null, 100).objects().stream()
                        .map(ObjectInfo::key)
                        .toList(),
                promise);
        assertHolds("run/image/0/1", "new chunk", promise);

        put("staged/a", "first");
        store().replacePrefix("staged/", "new/place/", WriteCondition.ANY);
        assertHolds("new/place/a", "first", "nothing need be where something is put");
        assertThrows(NotFoundException.class, () -> store().replacePrefix("staged/", "new/place/", WriteCondition.ANY));
        assertHolds("new/place/a", "first", "a failed replacement changes nothing");
        for (String[] wrong : new String[][] {{"", "a/"}, {"a/", ""}, {"new/", "new/place/"}, {"new/place/", "new/"}}) {
            assertThrows(
                    InvalidNameException.class, () -> store().replacePrefix(wrong[0], wrong[1], WriteCondition.ANY));
        }

        put("second/b", "second");
        String kept = "replacePrefix with IF_ABSENT leaves what is there, and what is staged";
        assertThrows(
                AlreadyExistsException.class,
                () -> store().replacePrefix("second/", "new/place/", WriteCondition.IF_ABSENT),
                kept);
        assertHolds("new/place/a", "first", kept);
        assertHolds("second/b", "second", kept);
        store().replacePrefix("second/", "another/place/", WriteCondition.IF_ABSENT);
        assertHolds("another/place/b", "second", "replacePrefix with IF_ABSENT puts it where nothing is");
    }

    @Test
    default void keysAreFlatOrFolders() {
        assumeWritable();
        put("a", "object");
        put("b/c", "below");
        if (can(StoreCapability.FOLDERS)) {
            String promise = "where prefixes are folders, an object and a folder cannot share a name";
            assertThrows(AlreadyExistsException.class, () -> write("a/b", "x", WriteCondition.ANY), promise);
            assertThrows(AlreadyExistsException.class, () -> write("a/b/c/d", "x", WriteCondition.ANY), promise);
            assertThrows(AlreadyExistsException.class, () -> write("b", "x", WriteCondition.ANY), promise);
            if (can(StoreCapability.CREATE_IF_ABSENT)) {
                assertThrows(AlreadyExistsException.class, () -> write("a/b", "x", WriteCondition.IF_ABSENT), promise);
                assertThrows(AlreadyExistsException.class, () -> write("b", "x", WriteCondition.IF_ABSENT), promise);
            }
            assertKeys(List.of("a", "b/c"), "", promise);
        } else {
            write("a/b", "below", WriteCondition.ANY);
            write("b", "object", WriteCondition.ANY);
            assertKeys(List.of("a", "a/b", "b", "b/c"), "", "keys are a flat space");
            store().delete("b/c");
            assertEquals(
                    List.of("a/"), store().listLevel("").prefixes(), "without folders there are no empty prefixes");
        }
        assertHolds("a", "object", "a refused write changes nothing");
        assertTrue(store().info("b/missing").isEmpty(), "a missing object is an empty result");
    }
}
