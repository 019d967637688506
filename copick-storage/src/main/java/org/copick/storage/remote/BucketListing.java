package org.copick.storage.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.copick.error.StorageException;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Lists keys of a bucket, page by page; how a page is requested is the service's own. Names that other programs can make and
 * that are no keys here are left out; an empty {@code folder/}, as web consoles make it, stands for a folder. Safe for use by
 * many threads.
 */
public abstract class BucketListing {
    /** Most keys that a service returns in one page. */
    protected static final int PAGE = 1000;

    private final Bucket<?> bucket;

    /** A listing of this bucket. */
    protected BucketListing(Bucket<?> bucket) {
        this.bucket = bucket;
    }

    /**
     * One answer of the service.
     *
     * @param prefixes the common prefixes of names that were rolled up at the delimiter
     * @param isLast whether the service says that no page follows
     * @param token the service's mark of the page that follows, or null
     */
    public record Page(
            List<Item> objects,
            List<String> prefixes,
            boolean isLast,
            @Nullable String token) {
        private List<String> names() {
            List<String> names = new ArrayList<>(objects.size() + prefixes.size());
            objects.forEach(object -> names.add(object.name));
            names.addAll(prefixes);
            return names;
        }
    }

    /**
     * An object in an answer.
     *
     * @param name in the bucket
     * @param info describes the object under a key
     */
    public record Item(String name, Function<String, ObjectInfo> info) {}

    /**
     * Where a listing begins.
     *
     * @param from a key to begin at or behind, as the service has it, or null
     * @param token the service's mark of the page to begin with, or null
     * @param size keys to request in one page
     * @param isWanted whether a key is to be listed: a service may begin before what is wanted
     */
    public record Start(@Nullable String from, @Nullable String token, int size, Predicate<String> isWanted) {}

    /** Returns where to begin to list the keys behind {@code after}; null for all keys. */
    protected abstract Start start(String below, @Nullable String after, int limit);

    /** Requests one page. */
    protected abstract Page request(
            String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size);

    /** Takes note of the mark by which to go on behind a key. Does nothing by default. */
    protected void pageEnded(String below, String last, String token) {}

    final ListPage list(String below, @Nullable String after, int limit) {
        Start start = start(below, after, limit);
        List<String> folders = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = start.token;
        while (true) {
            Page page = page(below, null, start.from, token, start.size);
            List<ObjectInfo> objects = objects(page);
            page.objects.forEach(object -> bucket.folderOf(object.name).ifPresent(folders::add));
            token = next(page, below);
            progress.page(page.names(), token);
            if (token != null && !objects.isEmpty()) {
                pageEnded(below, objects.get(objects.size() - 1).key(), token);
            }
            objects.removeIf(object -> !start.isWanted.test(object.key()));
            if (objects.size() > limit) {
                return new ListPage(objects.subList(0, limit), folders, false);
            }
            if (token == null || !objects.isEmpty()) {
                return new ListPage(objects, folders, token == null);
            }
        }
    }

    final FolderListing level(String below) {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = null;
        do {
            Page page = page(below, "/", null, token, PAGE);
            progress.hold(page.names());
            objects.addAll(objects(page));
            page.prefixes.forEach(common -> bucket.prefixOf(common).ifPresent(prefixes::add));
            token = next(page, below);
            progress.page(page.names(), token);
        } while (token != null);
        return new FolderListing(objects, prefixes);
    }

    /** The names in the bucket of some objects below a prefix, also of those that are no keys here; empty if there are none. */
    final List<String> names(String below) {
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = null;
        do {
            Page page = page(below, null, null, token, PAGE);
            if (!page.objects.isEmpty()) {
                return page.objects.stream().map(Item::name).toList();
            }
            token = next(page, below);
            progress.page(page.names(), token);
        } while (token != null);
        return List.of();
    }

    private Page page(
            String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size) {
        Page page = request(below, delimiter, from, token, size);
        page.names().forEach(name -> bucket.requireBelow(below, name));
        return page;
    }

    private @Nullable String next(Page page, String below) {
        if (!page.isLast && page.token == null) {
            throw new StorageException(
                    "cannot list " + bucket.location(below) + ": the service does not say how to go on",
                    new IllegalStateException("truncated without a token"));
        }
        return page.isLast ? null : page.token;
    }

    private List<ObjectInfo> objects(Page page) {
        List<ObjectInfo> objects = new ArrayList<>(page.objects.size());
        for (Item object : page.objects) {
            bucket.keyOf(object.name).ifPresent(key -> objects.add(object.info.apply(key)));
        }
        return objects;
    }
}
