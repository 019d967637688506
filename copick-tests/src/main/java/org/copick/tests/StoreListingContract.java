package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.copick.error.InvalidNameException;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** The promises of listings. */
interface StoreListingContract extends StoreFixture {
    /** Keys in code-point order, chosen so that wrong orders, prefixes and folder boundaries show. */
    List<String> ORDERED = List.of(
            "!",
            "Q",
            "Z/1",
            "a!b/c",
            "a-b",
            "a.json",
            "a/.hidden",
            "a/a",
            "a/b!/x",
            "a/b.zarr/.zattrs",
            "a/b.zarr/0/0",
            "a/b/c/d",
            "a/b0",
            "a/bb",
            "a0",
            "ab/c",
            "b",
            "\u007f",
            "\u00e4",
            "\ue000",
            "\uff5a/x",
            "\uff61",
            "\ud800\udc00",
            "\ud83d\ude00/y",
            "\udbff\udffd");

    private List<String> ordered() {
        return ORDERED.stream().filter(place()::canHold).toList();
    }

    private void putOrdered() {
        List<String> shuffled = new ArrayList<>(ordered());
        Collections.shuffle(shuffled, new Random(7));
        Map<String, byte[]> objects = new LinkedHashMap<>();
        shuffled.forEach(key -> objects.put(key, StoreFixture.bytes(key)));
        put(objects);
    }

    private List<String> below(String prefix) {
        return ordered().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    private List<String> paged(String prefix, @Nullable String start, int limit, Consumer<ListPage> eachPage) {
        List<String> keys = new ArrayList<>();
        String after = start;
        while (true) {
            ListPage page = store().list(prefix, after, limit);
            assertTrue(page.objects().size() <= limit, "a page has at most as many objects as its limit");
            List<String> next = StoreFixture.keys(page.objects());
            assertTrue(after == null || !next.contains(after), "a page contains only keys after the given one");
            assertTrue(
                    keys.isEmpty() || !next.contains(keys.get(0)), "a later page never contains the first key again");
            keys.addAll(next);
            if (page.complete()) {
                return keys;
            }
            after = keys.get(keys.size() - 1);
            eachPage.accept(page);
        }
    }

    /** Tests that an absent prefix is an empty listing. */
    @Promise("an absent prefix is an empty listing")
    default void anAbsentPrefixIsAnEmptyListing() {
        put("there/x", "x");
        for (String prefix : List.of("missing/", "there/x/", "there/missing/", "ther/")) {
            assertEquals(
                    new ListPage(List.of(), true),
                    store().list(prefix, null, 5),
                    "an absent prefix has an empty listing");
            assertEquals(FolderListing.EMPTY, store().listFolder(prefix), "an absent prefix has an empty listing");
        }
    }

    /** Tests that a place that does not exist yet is empty. */
    @Promise("a place that does not exist yet is empty")
    default void anEmptyStoreListsNothing() {
        assertEquals(
                new ListPage(List.of(), true),
                store().list("", null, 5),
                "a root that does not exist has an empty listing");
        assertEquals(FolderListing.EMPTY, store().listFolder(""), "a root that does not exist has an empty listing");
    }

    /** Tests that listings are complete and in code-point order, over pages of any length. */
    @Promise("listings are complete and in code-point order, over pages of any length")
    default void listingsAreCompleteAndInCodePointOrder() {
        assertEquals(
                ORDERED.stream().sorted(KeyOrder.BY_CODE_POINT).toList(),
                ORDERED,
                "the keys of this test are in code-point order");
        putOrdered();
        for (int limit : new int[] {1, 2, 3, 7, 1000}) {
            for (String prefix : List.of("", "a/", "a/b/", "a/b.zarr/", "a!b/", "\uff5a/", "\ud83d\ude00/")) {
                assertEquals(
                        below(prefix),
                        paged(prefix, null, limit, page -> {}),
                        "listings are complete and in code-point order over pages of " + limit + " below \"" + prefix
                                + "\"");
            }
        }
        assertEquals(
                below("a/"),
                StoreFixture.keys(each("a/")),
                "forEach passes every object below the prefix, in key order");
    }

    /** Tests that a listing can begin after any text, even if it is not a valid key. */
    @Promise("a listing can begin after any text, even if it is not a valid key")
    default void listingsBeginAfterAnyText() {
        putOrdered();
        List<String> starts = new ArrayList<>(ordered());
        starts.addAll(List.of("", "a", "a/", "a/b", "a/b/", "a/b/c/", "a/b/d", "a/zzz", "zzz"));
        starts.addAll(List.of("\ud83d\ude00", "\ud800\udc01"));
        for (String after : starts) {
            for (String prefix : List.of("", "a/", "a/b/")) {
                assertEquals(
                        below(prefix).stream()
                                .filter(key -> KeyOrder.BY_CODE_POINT.compare(key, after) > 0)
                                .toList(),
                        paged(prefix, after, 2, page -> {}),
                        "list only keys greater than \"" + after + "\" below \"" + prefix + "\"");
            }
        }
    }

    /** Tests that a listing stays complete and in order while keys are deleted between its pages. */
    @Promise("a listing stays complete and in order while keys are deleted between its pages")
    default void listingsSurviveDeletionsBetweenPages() {
        if (refuses(StoreCapability.WRITE, () -> store().delete("a/a"))) {
            return;
        }
        for (int limit : new int[] {1, 2, 3}) {
            putOrdered();
            List<String> gone = List.of("a/a", "a/b.zarr/0/0", "a0", "ab/c", "\ud800\udc00");
            List<String> listed = paged("", null, limit, page -> {
                // delete the key that the next page begins after, and some keys of the next page
                store().delete(page.objects().get(page.objects().size() - 1).key());
                store().deleteAll(gone);
            });
            List<String> kept = new ArrayList<>(ordered());
            kept.removeAll(gone);
            List<String> listedKept = new ArrayList<>(listed);
            listedKept.removeAll(gone);
            assertEquals(kept, listedKept, "a listing stays complete and ordered over pages while keys are deleted");
            assertEquals(
                    listed.stream().sorted(KeyOrder.BY_CODE_POINT).distinct().toList(),
                    listed,
                    "no key is listed twice");
        }
    }

    /** Tests that a level lists the objects and prefixes directly below a prefix, in code-point order. */
    @Promise("a level lists the objects and prefixes directly below a prefix, in code-point order")
    default void levelsAreLikeFolders() {
        putOrdered();
        for (String prefix : List.of("", "a/", "a/b/", "a/b/c/", "a/b.zarr/", "Z/", "\uff5a/")) {
            FolderListing level = store().listFolder(prefix);
            assertEquals(
                    below(prefix).stream()
                            .filter(key -> key.indexOf('/', prefix.length()) < 0)
                            .toList(),
                    StoreFixture.keys(level.objects()),
                    "the objects directly below \"" + prefix + "\", in key order");
            assertEquals(
                    below(prefix).stream()
                            .filter(key -> key.indexOf('/', prefix.length()) >= 0)
                            .map(key -> key.substring(0, key.indexOf('/', prefix.length()) + 1))
                            .distinct()
                            .toList(),
                    level.prefixes(),
                    "the prefixes directly below \"" + prefix + "\", each ending with /, in key order");
        }
    }

    /** Tests that holds returns true exactly if the prefix is listed. */
    @Promise("holds returns true exactly if the prefix is listed")
    default void aPrefixHoldsSomethingWhileItIsListed() {
        String promise = "holds returns true exactly if the prefix is listed: ";
        assertFalse(store().holds("missing/"), promise + "in a place that does not exist yet");
        putOrdered();
        for (String prefix :
                List.of("Z/", "a!b/", "a/", "a/b/", "a/b!/", "a/b.zarr/", "a/b.zarr/0/", "a/b/c/", "\ud83d\ude00/")) {
            assertEquals(!below(prefix).isEmpty(), store().holds(prefix), promise + prefix);
        }
        for (String prefix : List.of("Q/", "a/a/", "a/b/c/d/", "a/bb/c/", "a/.hidde/", "z/", "z/y/x/", "\uff61/")) {
            assertFalse(store().holds(prefix), promise + prefix + " is missing");
        }
        assertThrows(InvalidNameException.class, () -> store().holds(""), "holds: the prefix is not empty");
        if (can(StoreCapability.WRITE)) {
            store().deletePrefix("a/b/");
            assertFalse(store().holds("a/b/"), promise + "everything below a/b/ was deleted");
            assertTrue(store().holds("a/"), promise + "a/ holds other objects than the deleted ones");
            store().write("a/b/c/d", new byte[1], WriteCondition.ANY);
            assertTrue(store().holds("a/b/c/"), promise + "a/b/c/ was written again");
        }
    }

    /** Tests that prefixes end at slashes. */
    @Promise("prefixes end at slashes")
    default void prefixesEndAtSlashes() {
        for (String key : List.of("a", "ab/a", "abc/a", "b/a/b", "b/ab")) {
            put(key, key);
        }
        assertKeys(List.of(), "a/", "the object \"a\" is not below \"a/\"");
        assertKeys(List.of("ab/a"), "ab/", "\"ab/\" is no prefix of \"abc/a\"");
        assertKeys(List.of("b/a/b"), "b/a/", "\"b/a/\" is no prefix of \"b/ab\"");
        assertEquals(List.of("ab/", "abc/", "b/"), store().listFolder("").prefixes(), "levels end at slashes");
    }

    /** Tests that listings have the same sizes and versions as info. */
    @Promise("listings have the same sizes and versions as info")
    default void listingsTellWhatInfoTells() {
        putOrdered();
        each("").forEach(object -> assertEquals(
                store().info(object.key()).orElseThrow(), object, "listings have the same sizes and versions as info"));
        store().listFolder("a/")
                .objects()
                .forEach(object -> assertEquals(
                        store().info(object.key()).orElseThrow(),
                        object,
                        "level listings have the same sizes and versions as info"));
    }

    /** Tests that listings are complete beyond a thousand keys. */
    @Promise("listings are complete beyond a thousand keys")
    default void longListingsAreComplete() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1050; i++) {
            keys.add(String.format("many/%04d", i));
        }
        put(keys.stream().collect(Collectors.toMap(key -> key, key -> new byte[0])));
        assertEquals(keys, StoreFixture.keys(each("")), "listings are complete beyond a thousand keys");
        assertEquals(keys, paged("", null, 1_000_000, page -> {}), "listings are complete, however large the limit");
        assertEquals(
                List.of("many/1049"),
                StoreFixture.keys(
                        store().list("", "many/1048", Integer.MAX_VALUE).objects()),
                "listings are complete, however large the limit");
        assertEquals(1050, store().listFolder("many/").objects().size(), "levels are complete beyond a thousand keys");
        assertFalse(store().list("", null, 1000).complete(), "a page that is not the last is not marked as complete");
    }

    /** Tests that the limit of a page is at least 1; smaller limits are refused. */
    @Promise("the limit of a page is at least 1; smaller limits are refused")
    default void aPageHasAtLeastOneObject() {
        assertThrows(IllegalArgumentException.class, () -> store().list("", null, 0), "the limit is at least 1");
        assertThrows(IllegalArgumentException.class, () -> store().list("", null, -1), "the limit is at least 1");
    }
}
