package org.copick.gcs;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CopickException;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.FailureKind;
import org.copick.storage.remote.ListingProgress;
import org.jspecify.annotations.Nullable;

/**
 * Lists keys. Names that other programs can make and that are no keys here are left out; an empty {@code folder/}, as web
 * consoles make it, stands for a folder. Sizes are those of what is stored, also where that is packed.
 */
final class GcsListing {
    /** The most keys that the service tells at once. */
    private static final int PAGE = 1000;

    private static final String FIELDS = "nextPageToken,prefixes,items(name,size,generation)";

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;

    GcsListing(Bucket<GcsClient> bucket, GcsOptions options) {
        this.bucket = bucket;
        this.options = options;
    }

    ListPage list(String below, @Nullable String after, int limit) {
        String token = null;
        List<String> folders = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        // the service begins with a name and not behind it
        int size = Math.min(PAGE, after == null || limit == PAGE ? limit : limit + 1);
        do {
            Objects page = page(below, null, after, token, size);
            List<ObjectInfo> objects = objects(page, after);
            if (page.getItems() != null) {
                page.getItems().forEach(item -> bucket.folderOf(named(item)).ifPresent(folders::add));
            }
            token = page.getNextPageToken();
            progress.page(allNames(page), token);
            if (objects.size() > limit) {
                return new ListPage(objects.subList(0, limit), folders, false);
            }
            if (!objects.isEmpty()) {
                return new ListPage(objects, folders, token == null);
            }
        } while (token != null);
        return new ListPage(List.of(), folders, true);
    }

    FolderListing level(String below) {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = null;
        do {
            Objects page = page(below, "/", null, token, PAGE);
            progress.hold(allNames(page));
            objects.addAll(objects(page, null));
            if (page.getPrefixes() != null) {
                for (String common : page.getPrefixes()) {
                    bucket.prefixOf(common).ifPresent(prefixes::add);
                }
            }
            token = page.getNextPageToken();
            progress.page(allNames(page), token);
        } while (token != null);
        return new FolderListing(objects, prefixes);
    }

    /** The names in the bucket of some objects below a prefix; empty when there are none. */
    List<String> names(String below) {
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = null;
        do {
            Objects page = page(below, null, null, token, PAGE);
            List<StorageObject> items = page.getItems();
            if (items != null && !items.isEmpty()) {
                return items.stream().map(this::named).toList();
            }
            token = page.getNextPageToken();
            progress.page(allNames(page), token);
        } while (token != null);
        return List.of();
    }

    private Objects page(
            String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size) {
        Objects page = bucket.call(
                "list",
                below,
                client -> GcsFailures.repeated(options, attempt -> {
                    Storage.Objects.List list = client.storage()
                            .objects()
                            .list(bucket.name())
                            .setPrefix(bucket.nameOf(below))
                            .setMaxResults((long) size)
                            .setFields(FIELDS)
                            .setUserProject(options.payer());
                    if (delimiter != null) {
                        list.setDelimiter(delimiter);
                    }
                    if (from != null) {
                        list.setStartOffset(bucket.nameOf(from));
                    }
                    if (token != null) {
                        list.setPageToken(token);
                    }
                    return list.execute();
                }));
        if (page.getItems() != null) {
            page.getItems().forEach(item -> bucket.requireBelow(below, named(item)));
        }
        if (page.getPrefixes() != null) {
            page.getPrefixes().forEach(common -> bucket.requireBelow(below, common));
        }
        return page;
    }

    private List<String> allNames(Objects page) {
        List<String> names = new ArrayList<>();
        if (page.getItems() != null) {
            page.getItems().forEach(item -> names.add(named(item)));
        }
        if (page.getPrefixes() != null) {
            names.addAll(page.getPrefixes());
        }
        return names;
    }

    private String named(StorageObject item) {
        if (item.getName() == null) {
            throw strange("", "an object has no name");
        }
        return item.getName();
    }

    private CopickException strange(String below, String what) {
        return FailureKind.STRANGE.failure("list", bucket.location(below), what, new IllegalStateException(what));
    }

    private List<ObjectInfo> objects(Objects page, @Nullable String after) {
        List<ObjectInfo> objects = new ArrayList<>();
        if (page.getItems() != null) {
            for (StorageObject item : page.getItems()) {
                bucket.keyOf(named(item))
                        .filter(key -> !key.equals(after))
                        .ifPresent(key -> objects.add(Generations.info(key, item)));
            }
        }
        return objects;
    }
}
