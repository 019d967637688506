package org.copick.gcs;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import java.util.ArrayList;
import java.util.List;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.BucketListing;
import org.jspecify.annotations.Nullable;

/** Lists keys. Sizes are those of the stored bytes, even for compressed objects. */
final class GcsListing extends BucketListing<GcsClient> {
    private static final BlobListOption FIELDS =
            BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.GENERATION);

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
    protected boolean seeks() {
        return true;
    }

    @Override
    protected Bucket.Call<GcsClient, Page> request(
            String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size) {
        List<BlobListOption> asked = new ArrayList<>();
        asked.add(BlobListOption.prefix(bucket.nameOf(below)));
        asked.add(BlobListOption.pageSize(size));
        asked.add(FIELDS);
        if (delimiter != null) {
            asked.add(BlobListOption.delimiter(delimiter));
        }
        if (from != null) {
            asked.add(BlobListOption.startOffset(bucket.nameOf(from)));
        }
        if (token != null) {
            asked.add(BlobListOption.pageToken(token));
        }
        BlobListOption[] list = options.paid(asked, BlobListOption::userProject).toArray(BlobListOption[]::new);
        return client ->
                page(GcsFailures.repeated(client, attempt -> client.storage().list(bucket.name(), list)));
    }

    private static Page page(com.google.api.gax.paging.Page<Blob> page) {
        List<Item> items = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (Blob object : page.getValues()) {
            if (object.isDirectory()) {
                prefixes.add(object.getName());
            } else {
                items.add(new Item(object.getName(), key -> Generations.info(key, object)));
            }
        }
        return new Page(items, prefixes, page.getNextPageToken() == null, page.getNextPageToken());
    }
}
