package org.copick.gcs;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.util.List;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.BucketListing;
import org.jspecify.annotations.Nullable;

/** Lists keys. Sizes are those of the stored bytes, even for compressed objects. */
final class GcsListing extends BucketListing {
    private static final String FIELDS = "nextPageToken,prefixes,items(name,size,generation)";

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;

    GcsListing(Bucket<GcsClient> bucket, GcsOptions options) {
        super(bucket);
        this.bucket = bucket;
        this.options = options;
    }

    /** Starts a listing. The service includes the name to start after, so one more object is requested. */
    @Override
    protected Start start(String below, @Nullable String after, int limit) {
        int size = limit < PAGE && after != null ? limit + 1 : Math.min(PAGE, limit);
        return new Start(after, null, size, key -> !key.equals(after));
    }

    @Override
    protected Page request(
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
        return new Page(items(page), prefixes(page), page.getNextPageToken() == null, page.getNextPageToken());
    }

    private List<Item> items(Objects page) {
        return page.getItems() == null
                ? List.of()
                : page.getItems().stream()
                        .map(object -> new Item(named(object), key -> Generations.info(key, object)))
                        .toList();
    }

    private static List<String> prefixes(Objects page) {
        return page.getPrefixes() == null ? List.of() : page.getPrefixes();
    }

    private String named(StorageObject item) {
        if (item.getName() == null) {
            throw bucket.strange("list", "", "an object has no name");
        }
        return item.getName();
    }
}
