package org.copick.storage.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.copick.error.StorageException;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Lists the keys of a bucket page by page. Subclasses request single pages from the service. Names that are not valid
 * keys are left out; an empty object {@code folder/}, as web consoles create it, is listed as a folder. Safe for use by
 * many threads.
 *
 * <p>If the service can start anywhere, a folder with more than 4,000 numbered names is divided into parts, of which up to 16
 * are listed at the same time. There are at most five requests for each thousand names then.
 *
 * @param <C> the vendor's client
 */
public abstract class BucketListing<C> {
    /** Maximum number of keys that a service returns in one page. */
    protected static final int PAGE = 1000;

    private final Bucket<C> bucket;

    /**
     * Creates a listing.
     *
     * @param bucket the bucket to list
     */
    protected BucketListing(Bucket<C> bucket) {
        this.bucket = bucket;
    }

    /**
     * A page as returned by the service.
     *
     * @param objects the objects whose names do not contain the delimiter after the requested prefix
     * @param prefixes the common prefixes of the names that contain the delimiter; empty without a delimiter
     * @param isLast whether this is the last page according to the service
     * @param token the service's token for the next page, or null
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
     * An object in a page.
     *
     * @param name the object's name in the bucket
     * @param info returns the object's key, size and version, given its key
     */
    public record Item(String name, Function<String, ObjectInfo> info) {}

    /**
     * The start of a listing.
     *
     * @param from the key to start at or after, depending on the service, or null
     * @param token the service's token of the first page, or null
     * @param size the number of keys to request per page
     * @param isWanted whether to list a key; a service may start with keys before the wanted ones
     */
    public record Start(@Nullable String from, @Nullable String token, int size, Predicate<String> isWanted) {}

    /**
     * {@return the start of a listing of the keys below a prefix}
     *
     * @param below empty, or a key prefix ending with {@code /}
     * @param after list only keys greater than this one; null for all keys
     * @param limit the number of keys that the caller wants, at least 1
     */
    protected abstract Start start(String below, @Nullable String after, int limit);

    /** {@return whether the service can start a listing at any name} */
    protected abstract boolean seeks();

    /**
     * Prepares the request for one page.
     *
     * @param below empty, or a key prefix ending with {@code /}
     * @param delimiter the delimiter that ends common prefixes, or null to list all names
     * @param from the key or start of keys to start at or after, as in {@link Start}, or null
     * @param token the service's token for this page, or null for the first page
     * @param size the maximum number of keys, at most {@link #PAGE}
     * @return sends the request; the result is the page as returned by the service
     */
    protected abstract Bucket.Call<C, Page> request(
            String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size);

    /**
     * Called after each page of a recursive listing that has keys and is not the last one. Does nothing by default.
     *
     * @param below the key prefix that is listed
     * @param last the last key of the page
     * @param token the service's token that continues the listing after that key
     */
    protected void pageEnded(String below, String last, String token) {}

    final ListPage list(String below, @Nullable String after, int limit) {
        Start start = start(below, after, limit);
        List<String> folders = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = start.token;
        while (true) {
            Page page = page(below, null, start.from, token, start.size);
            List<ObjectInfo> objects = objects(page.objects);
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
        FolderParts parts = new FolderParts(bucket.nameOf(below), PAGE, seeks());
        ListingProgress held = new ListingProgress(bucket, below);
        Map<FolderParts.Part, ListingProgress> progress = new HashMap<>();
        for (List<FolderParts.Part> next = parts.next(); !next.isEmpty(); next = parts.next()) {
            List<ListingProgress> checks = next.stream()
                    .map(part -> progress.computeIfAbsent(part, begun -> new ListingProgress(bucket, below)))
                    .toList();
            List<Page> pages = bucket.all(
                    "list",
                    below,
                    0,
                    next.stream()
                            .map(part -> request(below, "/", keyOf(part.after()), part.token(), PAGE))
                            .toList());
            for (int i = 0; i < pages.size(); i++) {
                FolderParts.Part part = next.get(i);
                Page page = checked(below, pages.get(i));
                held.hold(page.names());
                add(page, part);
                String token = next(page, below);
                checks.get(i).page(page.names(), token);
                part.pageEnded(page.names(), token);
            }
        }
        return parts.listing();
    }

    private @Nullable String keyOf(@Nullable String name) {
        return name == null ? null : name.substring(bucket.nameOf("").length());
    }

    private void add(Page page, FolderParts.Part part) {
        List<Item> objects =
                page.objects.stream().filter(object -> part.holds(object.name)).toList();
        List<String> prefixes = new ArrayList<>();
        for (String common : page.prefixes) {
            if (part.holds(common)) {
                bucket.prefixOf(common).ifPresent(prefixes::add);
            }
        }
        part.add(objects(objects), prefixes);
    }

    /**
     * Returns names in the bucket of some of the objects below a prefix; empty if there are no objects. Names that are
     * not valid keys are included.
     */
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
        return checked(below, bucket.call("list", below, request(below, delimiter, from, token, size)));
    }

    private Page checked(String below, Page page) {
        page.names().forEach(name -> bucket.requireBelow(below, name));
        return page;
    }

    private @Nullable String next(Page page, String below) {
        if (!page.isLast && page.token == null) {
            throw new StorageException(
                    "cannot list " + bucket.location(below)
                            + ": the service announces another page but returns no continuation token",
                    new IllegalStateException("truncated without a token"));
        }
        return page.isLast ? null : page.token;
    }

    private List<ObjectInfo> objects(List<Item> items) {
        List<ObjectInfo> objects = new ArrayList<>(items.size());
        for (Item object : items) {
            bucket.keyOf(object.name).ifPresent(key -> objects.add(object.info.apply(key)));
        }
        return objects;
    }
}
