package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.storage.ByteRange;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The promises of writing and deleting to a single caller. */
interface StoreWritingContract extends StoreFixture {
    /** Names of folders with characters that are special in addresses and queries. */
    List<String> UNUSUAL_FOLDERS = List.of(
            "a;b",
            "a&prefix=",
            "a=b",
            "a+b c",
            "100%",
            "%2F",
            "#a",
            "a?b",
            "a'b",
            "a:b@c",
            "(a)[b]{c}",
            "\u00e9\u65e5",
            "\ud83d\ude00");

    private ObjectInfo write(String key, String text, WriteCondition condition) {
        return store().write(key, StoreFixture.bytes(text), condition);
    }

    /** Tests that a store without WRITE refuses every change with ReadOnlyException. */
    @Promise("a store without WRITE refuses every change with ReadOnlyException")
    default void aReadOnlyStoreRefusesChanges() {
        put("there", "content");
        put("folder/there", "content");
        if (!refuses(
                StoreCapability.WRITE,
                () -> write("new", "x", WriteCondition.ANY),
                () -> write("there", "x", WriteCondition.ANY),
                () -> write("new", "x", WriteCondition.IF_ABSENT),
                () -> store().copy(known("there"), "copied"),
                () -> store().delete("there"),
                () -> store().delete("missing"),
                () -> store().deleteAll(List.of("there")),
                () -> store().deletePrefix("folder/"),
                () -> store().replacePrefix("folder/", "elsewhere/", WriteCondition.ANY))) {
            notForThis();
        }
        assertHolds("there", "content", "a refused change has no effect");
        assertHolds("folder/there", "content", "a refused change has no effect");
    }

    /** Tests that a write creates or replaces, and is visible everywhere when it returns. */
    @Promise("a write creates or replaces, and is visible everywhere when it returns")
    default void writesCreateAndReplace() {
        if (refuses(StoreCapability.WRITE, () -> write("deep/in/folders", "first", WriteCondition.ANY))) {
            return;
        }
        String promise = "a write is visible when it returns";
        ObjectInfo first = write("deep/in/folders", "first", WriteCondition.ANY);
        assertHolds("deep/in/folders", "first", promise);
        assertEquals(first, store().info("deep/in/folders").orElseThrow(), "write returns the same as info");
        ObjectInfo second = write("deep/in/folders", "the second", WriteCondition.ANY);
        assertHolds("deep/in/folders", "the second", promise);
        assertEquals(new ObjectInfo("deep/in/folders", 10, second.version()), second, "write returns the key and size");
        assertEquals(
                second, another().info("deep/in/folders").orElseThrow(), "other stores see a write when it returns");
        write("deep/in/folders", "", WriteCondition.ANY);
        assertHolds("deep/in/folders", "", "an object may be empty");
    }

    /** Tests that objects of any size are written completely. */
    @Promise("objects of any size are written completely")
    default void objectsOfAnySizeAreWritten() {
        if (refuses(StoreCapability.WRITE, () -> write("object", "x", WriteCondition.ANY))) {
            return;
        }
        for (int size : new int[] {1, 65_537, (1 << 20) + 1, 0}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            ObjectInfo info = store().write("object", content, WriteCondition.ANY);
            assertEquals(size, info.size(), "write returns the size");
            assertArrayEquals(content, store().read("object").orElseThrow().bytes(), "a written object is complete");
        }
    }

    private ObjectInfo known(String key) {
        return store().info(key).orElseThrow();
    }

    /** Tests that copy creates or replaces the target with the same content, and keeps the source. */
    @Promise("copy creates or replaces the target with the same content, and keeps the source")
    default void copies() {
        put("folder/there", "content");
        put("taken", "something else");
        if (refuses(StoreCapability.WRITE, () -> store().copy(known("folder/there"), "new"))) {
            return;
        }
        ObjectInfo there = known("folder/there");
        for (String target : List.of("new", "deep/in/folders", "taken", "folder/beside")) {
            store().copy(there, target);
            assertHolds(target, "content", "a copy is visible when it returns");
            assertEquals(7, known(target).size(), "a copy has the size of its source");
        }
        assertEquals(there, known("folder/there"), "copy does not change the source");
        byte[] large = new byte[100_000];
        new Random(9).nextBytes(large);
        store().copy(store().write("large", large, WriteCondition.ANY), "copied");
        assertArrayEquals(large, store().read("copied").orElseThrow().bytes(), "a copy is complete");
        ObjectInfo empty = write("empty", "", WriteCondition.ANY);
        store().copy(empty, "copied");
        assertHolds("copied", "", "an empty object is copied, too");
    }

    /** Tests that copy of another than the current version throws ConflictException and changes nothing. */
    @Promise("copy of another than the current version throws ConflictException and changes nothing")
    default void copiesOfAnotherVersion() {
        put("object", "first");
        put("taken", "content");
        ObjectInfo first = known("object");
        if (refuses(StoreCapability.WRITE, () -> store().copy(first, "taken"))) {
            return;
        }
        if (!can(replacing())) {
            notForThis();
            return;
        }
        write("object", "second", WriteCondition.ANY);
        String promise = "ConflictException for a version that is not the current one";
        assertThrows(ConflictException.class, () -> store().copy(first, "taken"), promise);
        assertThrows(ConflictException.class, () -> store().copy(first, "new"), promise);
        store().delete("object");
        assertThrows(
                ConflictException.class, () -> store().copy(first, "taken"), "ConflictException for a deleted object");
        assertHolds("taken", "content", "a refused copy changes nothing");
        assertAbsent("new", "a refused copy changes nothing");
    }

    /** Tests that all stores see writes and deletions of another store, even after earlier reads. */
    @Promise("all stores see writes and deletions of another store, even after earlier reads")
    default void storesSeeEachOther() {
        if (refuses(StoreCapability.WRITE, () -> write("shared/object", "x", WriteCondition.ANY))) {
            return;
        }
        ObjectStore other = another();
        String promise = "writes and deletions of another store are visible immediately, even after earlier reads";
        for (String text : List.of("", "first", "other", "", "the third")) {
            if (text.isEmpty()) {
                other.delete("shared/object");
                assertAbsent("shared/object", promise);
            } else {
                other.write("shared/object", StoreFixture.bytes(text), WriteCondition.ANY);
                assertHolds("shared/object", text, promise);
            }
            Optional<ObjectInfo> info = other.info("shared/object");
            assertEquals(info, store().info("shared/object"), promise);
            Optional<RangesRead> ranges = store().readRanges("shared/object", List.of(ByteRange.of(0, 100)), null);
            assertEquals(info, ranges.map(RangesRead::info), promise);
            ranges.ifPresent(read ->
                    assertArrayEquals(StoreFixture.bytes(text), read.parts().get(0), promise));
        }
    }

    /** Tests that different states of an object have different versions, even if they follow quickly. */
    @Promise("different states of an object have different versions, even if they follow quickly")
    default void quickReplacementsHaveDifferentVersions() {
        if (refuses(StoreCapability.WRITE, () -> write("object", "0000", WriteCondition.ANY))) {
            return;
        }
        Set<Version> versions = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            versions.add(write("object", String.format("%04d", i), WriteCondition.ANY)
                    .version());
        }
        assertEquals(100, versions.size(), "different states of an object have different versions");
        for (int i = 100; i < 120; i++) {
            store().delete("object");
            versions.add(write("object", String.format("%04d", i), WriteCondition.ANY)
                    .version());
        }
        assertEquals(120, versions.size(), "versions are not reused after a deletion");
    }

    /** Tests that IF_ABSENT only creates: AlreadyExistsException for an existing key, and nothing changes. */
    @Promise("IF_ABSENT only creates: AlreadyExistsException for an existing key, and nothing changes")
    default void createIfAbsent() {
        if (refuses(StoreCapability.CREATE_IF_ABSENT, () -> write("a/object", "x", WriteCondition.IF_ABSENT))) {
            return;
        }
        ObjectInfo created = write("a/object", "first", WriteCondition.IF_ABSENT);
        assertEquals(created, store().info("a/object").orElseThrow(), "write returns the same as info");
        assertThrows(
                AlreadyExistsException.class,
                () -> write("a/object", "second", WriteCondition.IF_ABSENT),
                "AlreadyExistsException for IF_ABSENT on an existing key");
        assertHolds("a/object", "first", "a refused write changes nothing");
        assertEquals(created, store().info("a/object").orElseThrow(), "a refused write changes nothing");
        store().delete("a/object");
        write("a/object", "third", WriteCondition.IF_ABSENT);
        assertHolds("a/object", "third", "a deleted key can be created again");
        write("a/object", "fourth", WriteCondition.ANY);
        assertHolds("a/object", "fourth", "ANY replaces an object that IF_ABSENT created");
    }

    /** Tests that IfVersion replaces only that version: ConflictException for another one, and nothing changes. */
    @Promise("IfVersion replaces only that version: ConflictException for another one, and nothing changes")
    default void replaceIfVersion() {
        put("a/object", "first");
        Version first = store().info("a/object").orElseThrow().version();
        if (refuses(replacing(), () -> write("a/object", "second", WriteCondition.ifVersion(first)))) {
            assertHolds("a/object", "first", "a refused write changes nothing");
            return;
        }
        ObjectInfo second = write("a/object", "other", WriteCondition.ifVersion(first));
        assertEquals(second, store().info("a/object").orElseThrow(), "write returns the same as info");
        assertThrows(
                ConflictException.class,
                () -> write("a/object", "third", WriteCondition.ifVersion(first)),
                "ConflictException for an expected version that is not the current one");
        assertHolds("a/object", "other", "a refused write changes nothing");
        store().delete("a/object");
        assertThrows(
                ConflictException.class,
                () -> write("a/object", "fourth", WriteCondition.ifVersion(second.version())),
                "ConflictException for an expected version that was deleted");
        assertAbsent("a/object", "a refused write changes nothing");
        assertThrows(
                ConflictException.class,
                () -> write("never", "x", WriteCondition.ifVersion(second.version())),
                "ConflictException for a key that never existed");
    }

    /** Tests that delete deletes a single object; deleting an absent one does nothing. */
    @Promise("delete deletes a single object; deleting an absent one does nothing")
    default void deletes() {
        put("a/one", "1");
        put("a/two", "2");
        put("a/onetwo", "3");
        if (refuses(StoreCapability.WRITE, () -> store().delete("a/one"))) {
            return;
        }
        store().delete("a/one");
        assertAbsent("a/one", "a deleted object is absent");
        assertKeys(List.of("a/onetwo", "a/two"), "", "delete deletes a single object");
        store().delete("a/one");
        store().delete("never/there");
        store().delete("a");
        store().delete("a/two/below");
        assertKeys(List.of("a/onetwo", "a/two"), "", "deleting an absent object does nothing");
    }

    /** Tests that deleteAll deletes all given keys and ignores absent ones. */
    @Promise("deleteAll deletes all given keys and ignores absent ones")
    default void deletesOfSeveral() {
        for (String key : List.of("a", "b/1", "b/2", "c", "d/e/f")) {
            put(key, key);
        }
        if (refuses(StoreCapability.WRITE, () -> store().deleteAll(List.of("a", "c")))) {
            return;
        }
        store().deleteAll(List.of("missing", "a", "b/missing", "b/2", "a", "d/e/f", "d/e/f"));
        assertKeys(List.of("b/1", "c"), "", "deleteAll deletes all given keys and ignores absent ones");
        store().deleteAll(Set.of());
        assertKeys(List.of("b/1", "c"), "", "deleteAll without keys does nothing");
    }

    /** Tests that deletePrefix deletes all keys that begin with the prefix, and no others. */
    @Promise("deletePrefix deletes all keys that begin with the prefix, and no others")
    default void deletesOfAPrefix() {
        List<String> below = List.of("run/x/1", "run/x/2/3", "run/x/\ud83d\ude00", "run/x/.hidden");
        List<String> beside = List.of("run/w", "run/x.json", "run/x0", "run/xy/1", "run/x!/1", "x/1");
        below.forEach(key -> put(key, key));
        beside.forEach(key -> put(key, key));
        if (refuses(StoreCapability.WRITE, () -> store().deletePrefix("run/x/"))) {
            return;
        }
        store().deletePrefix("run/x/");
        assertKeys(
                beside.stream().sorted(KeyOrder.BY_CODE_POINT).toList(),
                "",
                "deletePrefix deletes all keys that begin with the prefix and no others");
        assertEquals(
                List.of("run/x!/", "run/xy/"), store().listFolder("run/").prefixes(), "a deleted prefix is not listed");
        store().deletePrefix("run/x/");
        store().deletePrefix("missing/prefix/");
        store().deletePrefix("x/1/");
        assertHolds("x/1", "x/1", "the object \"a\" is not below the prefix \"a/\"");
    }

    /** Tests that a prefix with special characters refers only to the objects below it. */
    @Promise("a prefix with special characters refers only to the objects below it")
    default void prefixesOfUnusualCharacters() {
        put("other/precious", "x");
        for (String folder : UNUSUAL_FOLDERS) {
            if (!place().canHold(folder + "/one")) {
                continue;
            }
            put(folder + "/one", "x");
            assertEquals(1, store().listFolder(folder + "/").objects().size(), "one object lies in " + folder);
            assertKeys(List.of(folder + "/one"), folder + "/", "one object lies below \"" + folder + "/\"");
            if (!refuses(StoreCapability.WRITE, () -> store().deletePrefix(folder + "/"))) {
                store().deletePrefix(folder + "/");
                assertKeys(List.of("other/precious"), "", "deleting \"" + folder + "/\" deletes nothing else");
            }
        }
    }

    /** Tests that keys are flat, or folders if FOLDERS is declared. */
    @Promise("keys are flat, or folders if FOLDERS is declared")
    default void keysAreFlatOrFolders() {
        put("a", "object");
        put("b/c", "below");
        if (refuses(StoreCapability.WRITE, () -> write("a/b", "x", WriteCondition.ANY))) {
            return;
        }
        if (can(StoreCapability.FOLDERS)) {
            String promise = "with FOLDERS, an object and a folder cannot share a name";
            assertThrows(AlreadyExistsException.class, () -> write("a/b", "x", WriteCondition.ANY), promise);
            assertThrows(AlreadyExistsException.class, () -> write("a/b/c/d", "x", WriteCondition.ANY), promise);
            assertThrows(AlreadyExistsException.class, () -> write("b", "x", WriteCondition.ANY), promise);
            if (can(StoreCapability.CREATE_IF_ABSENT)) {
                assertThrows(AlreadyExistsException.class, () -> write("a/b", "x", WriteCondition.IF_ABSENT), promise);
                assertThrows(AlreadyExistsException.class, () -> write("b", "x", WriteCondition.IF_ABSENT), promise);
            }
            assertKeys(List.of("a", "b/c"), "", promise);
        } else if (!place().canHoldBelowObjects()) {
            try {
                write("a/b", "x", WriteCondition.ANY);
            } catch (CopickException e) {
                // allowed, like accepting the object without listing it, since no project has such objects
            }
            assertHolds("b/c", "below", "a refused object does not affect existing ones");
        } else {
            write("a/b", "below", WriteCondition.ANY);
            write("b", "object", WriteCondition.ANY);
            assertKeys(List.of("a", "a/b", "b", "b/c"), "", "without FOLDERS, keys are flat");
            store().delete("b/c");
            assertEquals(
                    List.of("a/"), store().listFolder("").prefixes(), "without FOLDERS there are no empty prefixes");
        }
        assertHolds("a", "object", "a refused write changes nothing");
        assertTrue(store().info("b/missing").isEmpty(), "a missing object is an empty result");
    }
}
