package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.function.Executable;

/** The promises of reading, and those of every call about keys and closed stores. */
interface StoreReadingContract extends StoreFixture {
    /** Texts that are not valid keys. */
    List<String> NO_KEYS =
            List.of("", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a/..", "\0", "a\0b");

    /** Valid keys with spaces, special characters and letters of several scripts. */
    List<String> UNUSUAL_KEYS = List.of(
            "with space/and  two",
            " leading",
            ".hidden",
            ".zarray",
            "a@b+c=d~e,f;g&h#i%20j%",
            "(x)[y]{z}'!$^`",
            "\u00e9/e\u0301",
            "\u65e5\u672c\u8a9e",
            "\ud83d\ude00/\ud800\udf48",
            "10.000_user_1_object.zarr/0/0.0.0",
            "...",
            "a/.../b",
            "UPPER",
            "-",
            "_");

    /** Tests that reading an absent object returns an empty result, without an exception. */
    @Promise("reading an absent object returns an empty result, without an exception")
    default void aMissingObjectIsAnEmptyResult() {
        put("folder/there", "x");
        for (String key :
                List.of("missing", "missing/deep/er", "folder", "folder/ther", "folder/there2", "folder/there/x")) {
            assertAbsent(key, "reading an absent object returns an empty result");
            assertTrue(
                    store().readRanges(key, List.of(ByteRange.of(0, 1)), null).isEmpty(),
                    "ranges of an absent object are an empty result: " + key);
            assertTrue(
                    store().readRanges(key, List.of(), new Version("of nothing"))
                            .isEmpty(),
                    "ranges of an absent object are an empty result, even with an expected version: " + key);
            assertTrue(
                    store().readInto(key, ByteRange.of(0, 1), null, new byte[1]).isEmpty(),
                    "readInto returns an empty result for an absent object: " + key);
        }
    }

    /** Tests that objects are read as they were written, of any size. */
    @Promise("objects are read as they were written, of any size")
    default void objectsAreReadAsTheyWereWritten() {
        for (int size : new int[] {0, 1, 2, 4095, 4096, 4097, 1_000_003}) {
            byte[] content = counting(size);
            put("size/" + size, content);
            StoredObject read = store().read("size/" + size).orElseThrow();
            assertArrayEquals(content, read.bytes(), "read returns the whole object");
            assertEquals("size/" + size, read.info().key(), "read returns the key relative to the store");
            assertEquals(size, read.info().size(), "read returns the size");
            assertEquals(read.info(), store().info("size/" + size).orElseThrow(), "info returns the same as read");
        }
    }

    /** Tests that ranges may overlap, be empty and in any order; they are cut at the end of the object. */
    @Promise("ranges may overlap, be empty and in any order; they are cut at the end of the object")
    default void rangesAreCutAtTheEnd() {
        for (int size : new int[] {0, 1, 10, 70_000}) {
            byte[] content = counting(size);
            put("object", content);
            List<ByteRange> ranges = List.of(
                    ByteRange.of(0, size),
                    ByteRange.of(size / 2, 3),
                    ByteRange.of(size / 3, size),
                    ByteRange.of(0, 1),
                    ByteRange.of(0, 0),
                    ByteRange.of(size / 2, 0),
                    ByteRange.of(size, 5),
                    ByteRange.of(size + 100L, 5),
                    ByteRange.of(size, 0),
                    ByteRange.of(Long.MAX_VALUE - 1, 1),
                    ByteRange.of(0, Long.MAX_VALUE),
                    ByteRange.last(0),
                    ByteRange.last(1),
                    ByteRange.last(4),
                    ByteRange.last(size),
                    ByteRange.last(size + 1L),
                    ByteRange.last(Long.MAX_VALUE / 2));
            assertRanges(content, ranges, "several ranges, overlapping, empty and past the end, in any order");
            for (ByteRange range : ranges) {
                assertRanges(content, List.of(range), "a range beyond the end is cut; one that begins there is empty");
            }
            assertRanges(content, List.of(), "no ranges at all");
        }
    }

    /** Tests that several hundred ranges are returned as one array each, in the requested order. */
    @Promise("several hundred ranges are returned as one array each, in the requested order")
    default void manySmallRangesOfOneObject() {
        byte[] content = counting(10_000);
        put("object", content);
        List<ByteRange> ranges = IntStream.range(0, 300)
                .mapToObj(i -> ByteRange.of((i * 7919L) % 10_000, i % 40))
                .toList();
        assertRanges(content, ranges, "one array for each requested range, in the same order");
    }

    private void assertRanges(byte[] content, List<ByteRange> ranges, String promise) {
        RangesRead read = store().readRanges("object", ranges, null).orElseThrow();
        assertEquals(store().info("object").orElseThrow(), read.info(), promise + ": info");
        assertEquals(ranges.size(), read.parts().size(), promise);
        for (int i = 0; i < ranges.size(); i++) {
            int from = (int) ranges.get(i).startIn(content.length);
            int to = from + (int) ranges.get(i).lengthIn(content.length);
            assertArrayEquals(
                    Arrays.copyOfRange(content, from, to),
                    read.parts().get(i),
                    promise + ": " + ranges.get(i) + " of " + content.length + " bytes");
            assertReadInto(content, ranges.get(i), promise);
        }
    }

    private void assertReadInto(byte[] content, ByteRange range, String promise) {
        if (range.length() > content.length + 1) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> store().readInto("object", range, null, new byte[content.length]),
                    "an array that is too short is refused: " + range);
            return;
        }
        int from = (int) range.startIn(content.length);
        int length = (int) range.lengthIn(content.length);
        byte[] expected = new byte[content.length + 2];
        Arrays.fill(expected, (byte) 0x5a);
        byte[] into = expected.clone();
        System.arraycopy(content, from, expected, 0, length);
        ObjectInfo info = store().readInto("object", range, null, into).orElseThrow();
        assertArrayEquals(expected, into, promise + "; readInto leaves the rest of the array unchanged: " + range);
        assertEquals(store().info("object").orElseThrow(), info, promise + ": info");
    }

    /** Tests that all ranges are from the expected version; otherwise ConflictException. */
    @Promise("all ranges are from the expected version; otherwise ConflictException")
    default void rangesOfAnExpectedVersion() {
        put("object", "first");
        Version first = store().info("object").orElseThrow().version();
        List<ByteRange> ranges = List.of(ByteRange.of(1, 2), ByteRange.last(1));
        assertEquals(
                first,
                store().readRanges("object", ranges, first).orElseThrow().info().version(),
                "all ranges come from the expected version");
        put("object", "other");
        assertNotEquals(first, store().info("object").orElseThrow().version(), "a changed object has another version");
        for (List<ByteRange> asked :
                List.of(ranges, List.of(ByteRange.of(0, 1)), List.of(ByteRange.of(2, 0)), List.<ByteRange>of())) {
            assertThrows(
                    ConflictException.class,
                    () -> store().readRanges("object", asked, first),
                    "ConflictException if the object no longer has the expected version");
        }
        assertThrows(
                ConflictException.class,
                () -> store().readInto("object", ByteRange.of(0, 1), first, new byte[1]),
                "ConflictException of readInto if the object no longer has the expected version");
    }

    /** Tests that an unchanged object has one version: info, listings and other stores return the same. */
    @Promise("an unchanged object has one version: info, listings and other stores return the same")
    default void versionsStayWhileTheObjectDoes() {
        put("object", "content");
        ObjectInfo info = store().info("object").orElseThrow();
        put("other", "x");
        assertEquals(info, store().info("object").orElseThrow(), "the version of an unchanged object stays the same");
        assertEquals(info, another().info("object").orElseThrow(), "another store returns the same version");
        assertEquals(List.of(info), store().listFolder("").objects().subList(0, 1), "listings return the same version");
        assertEquals(info, store().list("", null, 1).objects().get(0), "listings return the same version");
    }

    /** Tests that a key is any text without NUL, empty segments, and segments . and ... */
    @Promise("a key is any text without NUL, empty segments, and segments . and ..")
    default void unusualKeysWorkEverywhere() {
        List<String> keys = UNUSUAL_KEYS.stream().filter(place()::canHold).toList();
        put(keys.stream().collect(Collectors.toMap(key -> key, StoreFixture::bytes)));
        for (String key : keys) {
            assertHolds(key, key, "a key is any text without NUL, empty segments, and segments . and ..");
        }
        assertKeys(
                keys.stream().sorted(KeyOrder.BY_CODE_POINT).toList(),
                "",
                "listed keys are the keys that were written, in code-point order");
    }

    /** Tests that keys that differ in case are different keys. */
    @Promise("keys that differ in case are different keys")
    default void keysThatDifferInCaseAreDifferent() {
        String promise = "keys that differ in case are different keys";
        put("Folder/Object", "content");
        for (String key : List.of("folder/Object", "Folder/object", "FOLDER/OBJECT")) {
            assertAbsent(key, promise);
        }
        for (String prefix : List.of("folder/", "FOLDER/")) {
            assertKeys(List.of(), prefix, promise);
            assertEquals(FolderListing.EMPTY, store().listFolder(prefix), promise);
        }
        assertHolds("Folder/Object", "content", promise);
    }

    /** Tests that an invalid key is refused with InvalidNameException before anything is done. */
    @Promise("an invalid key is refused with InvalidNameException before anything is done")
    default void whatIsNoKeyIsRefused() {
        put("a/b", "x");
        String promise = "an invalid key is refused with InvalidNameException: ";
        for (String key : NO_KEYS) {
            String shown = promise + key.replace("\0", "\\0");
            assertThrows(InvalidNameException.class, () -> store().read(key), shown);
            assertThrows(InvalidNameException.class, () -> store().readRanges(key, List.of(), null), shown);
            assertThrows(InvalidNameException.class, () -> store().info(key), shown);
            assertThrows(InvalidNameException.class, () -> store().delete(key), shown);
            assertThrows(InvalidNameException.class, () -> store().deleteAll(List.of("a/b", key)), shown);
            assertThrows(InvalidNameException.class, () -> store().write(key, new byte[0], WriteCondition.ANY), shown);
        }
        for (String prefix : List.of("a", "/", "/a/", "a//", "../", "a/../", "./", "a\0/")) {
            String shown = "a prefix is empty or a key followed by /: " + prefix.replace("\0", "\\0");
            assertThrows(InvalidNameException.class, () -> store().list(prefix, null, 1), shown);
            assertThrows(InvalidNameException.class, () -> store().listFolder(prefix), shown);
            assertThrows(InvalidNameException.class, () -> store().holds(prefix), shown);
            assertThrows(InvalidNameException.class, () -> store().deletePrefix(prefix), shown);
        }
        assertThrows(
                InvalidNameException.class, () -> store().deletePrefix(""), "deletePrefix: the prefix is not empty");
        assertHolds("a/b", "x", "invalid keys are refused before anything is sent");
    }

    /** Tests that reading never creates anything. */
    @Promise("reading never creates anything")
    default void readingCreatesNothing() {
        store().read("a/b");
        store().info("a/b");
        store().readRanges("a/b", List.of(ByteRange.of(0, 1)), null);
        store().list("a/", null, 10);
        store().listFolder("a/");
        store().holds("a/");
        store().capabilities();
        assertEquals(List.of(), store().listFolder("").prefixes(), "reading never creates anything in the store");
        assertKeys(List.of(), "", "reading never creates anything in the store");
    }

    /** Tests that arrays belong to the caller: modifying one does not change the store. */
    @Promise("arrays belong to the caller: modifying one does not change the store")
    default void arraysBelongToTheCaller() {
        byte[] written = {1, 2, 3};
        if (can(StoreCapability.WRITE)) {
            store().write("object", written, WriteCondition.ANY);
        } else {
            put("object", written);
        }
        written[0] = 99;
        byte[] read = store().read("object").orElseThrow().bytes();
        assertArrayEquals(new byte[] {1, 2, 3}, read, "modifying a written array does not change the object");
        read[1] = 99;
        store().readRanges("object", List.of(ByteRange.of(0, 3)), null)
                .orElseThrow()
                .parts()
                .get(0)[2] = 99;
        assertArrayEquals(
                new byte[] {1, 2, 3},
                store().read("object").orElseThrow().bytes(),
                "modifying a read array does not change the object");
    }

    /** Tests that the location is readable text, equal for all stores on one place. */
    @Promise("the location is readable text, equal for all stores on one place")
    default void theLocationIsOnePersonsText() {
        String location = store().location();
        assertFalse(location.isBlank(), "the location is not blank");
        assertTrue(location.equals("/") || !location.endsWith("/"), "the location has no trailing slash: " + location);
        assertEquals(location, another().location(), "the same place has the same location");
    }

    /** Tests that location and capabilities never change, and are available even after close. */
    @Promise("location and capabilities never change, and are available even after close")
    default void locationAndCapabilitiesStay() {
        ObjectStore opened = another();
        String location = opened.location();
        Set<StoreCapability> capabilities = Set.copyOf(opened.capabilities());
        assertEquals(capabilities, opened.capabilities(), "capabilities are constant");
        assertFalse(
                capabilities.containsAll(
                        Set.of(StoreCapability.REPLACE_IF_VERSION, StoreCapability.REPLACE_IF_VERSION_COOPERATIVE)),
                "at most one of REPLACE_IF_VERSION and REPLACE_IF_VERSION_COOPERATIVE is declared");
        put("object", "content");
        opened.read("object");
        if (capabilities.contains(StoreCapability.WRITE)) {
            opened.write("object", new byte[1], WriteCondition.ANY);
        }
        assertEquals(capabilities, opened.capabilities(), "capabilities do not change after other calls");
        assertEquals(capabilities, store().capabilities(), "stores on one place have the same capabilities");
        opened.close();
        assertEquals(location, opened.location(), "a closed store still returns its location");
        assertEquals(capabilities, opened.capabilities(), "a closed store still returns its capabilities");
    }

    /** Tests that after close every call throws ClosedException, and other stores stay open. */
    @Promise("after close every call throws ClosedException, and other stores stay open")
    default void aClosedStoreRefusesEverything() {
        put("object", "content");
        ObjectStore closed = another();
        closed.close();
        closed.close();
        List<Executable> calls = List.of(
                () -> closed.read("object"),
                () -> closed.readRanges("object", List.of(), null),
                () -> closed.info("object"),
                () -> closed.write("object", new byte[0], WriteCondition.ANY),
                () -> closed.delete("object"),
                () -> closed.deleteAll(List.of("object")),
                () -> closed.deletePrefix("object/"),
                () -> closed.list("", null, 1),
                () -> closed.listFolder(""),
                () -> closed.holds("folder/"));
        for (int i = 0; i < calls.size(); i++) {
            assertThrows(
                    ClosedException.class, calls.get(i), "after close every method throws ClosedException: call " + i);
        }
        assertHolds("object", "content", "closing one store leaves another on the same contents open");
    }

    private static byte[] counting(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }
}
