package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.copick.error.StorageException;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.copick.storage.remote.BucketListing.Item;
import org.copick.storage.remote.BucketListing.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests listings of a fake service with prepared pages. */
final class BucketListingTest {
    private final Bucket<String> bucket = TestBucket.open();

    private final Deque<Page> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final BucketListing<String> listing = new BucketListing<>(bucket) {
        @Override
        protected Start start(String below, @Nullable String after, int limit) {
            return new Start(after, null, limit, key -> !key.equals(after));
        }

        @Override
        protected boolean seeks() {
            return true;
        }

        @Override
        protected Bucket.Call<String, Page> request(
                String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size) {
            requests.add(below + " " + from + " " + token);
            return client -> answers.remove();
        }

        @Override
        protected void pageEnded(String below, String last, String token) {
            requests.add("after " + last + " goes on with " + token);
        }
    };

    @AfterEach
    void close() {
        bucket.close();
    }

    private static Item item(String name) {
        return new Item(name, key -> new ObjectInfo(key, 1, new Version("1")));
    }

    private void answer(@Nullable String token, String... names) {
        List<Item> items = new ArrayList<>();
        for (String name : names) {
            items.add(item(name));
        }
        answers.add(new Page(items, List.of(), token == null, token));
    }

    private static List<String> keys(List<ObjectInfo> objects) {
        return objects.stream().map(ObjectInfo::key).toList();
    }

    @Test
    void namesThatAreNoKeysAndThoseBeforeTheBeginningAreLeftOut() {
        answer("2", "in/a", "in/b//c", "in/empty/", "in/x");

        ListPage page = listing.list("", "a", 10);

        assertEquals(List.of("x"), keys(page.objects()));
        assertEquals(List.of("empty/"), page.folders());
        assertFalse(page.complete());
        assertEquals(List.of(" a null", "after x goes on with 2"), requests);
    }

    @Test
    void moreKeysThanWantedAreCutOff() {
        answer(null, "in/a", "in/b");

        ListPage page = listing.list("", null, 1);

        assertEquals(List.of("a"), keys(page.objects()));
        assertFalse(page.complete());
    }

    @Test
    void emptyPagesArePassedOver() {
        answer("2");
        answer("3");
        answer(null, "in/a");
        assertEquals(List.of("a"), keys(listing.list("", null, 10).objects()));

        answer("2");
        answer(null, "in/b//c");
        assertEquals(List.of("in/b//c"), listing.names(""), "names to delete with a prefix");
    }

    @Test
    void aFolderIsReadToItsEnd() {
        answers.add(new Page(List.of(item("in/f/a")), List.of("in/f/b/"), false, "2"));
        answers.add(new Page(List.of(item("in/f/c")), List.of("in/f//"), true, null));

        FolderListing folder = listing.level("f/");

        assertEquals(List.of("f/a", "f/c"), keys(folder.objects()));
        assertEquals(List.of("f/b/"), folder.prefixes());
        assertEquals(List.of("f/ null null", "f/ null 2"), requests);
    }

    @Test
    void aServiceThatDoesNotSayHowToGoOnIsRefused() {
        answers.add(new Page(List.of(item("in/a")), List.of(), false, null));

        String told = assertThrows(StorageException.class, () -> listing.list("", null, 10))
                .getMessage();

        assertEquals(
                "cannot list x://bucket/in: the service announces another page but returns no continuation token",
                told);
    }

    @Test
    void namesElsewhereAreRefused() {
        answer(null, "in/f/a", "other/b");

        String told =
                assertThrows(StorageException.class, () -> listing.names("f/")).getMessage();

        assertTrue(String.valueOf(told).contains("other/b, which is not below the requested prefix"), told);
    }
}
