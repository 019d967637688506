package org.copick.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.copick.storage.KeyOrder;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.BucketListing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Lists keys.
 *
 * <p>A listing that continues after a page uses the service's continuation token. Other listings that begin after a key
 * use {@code start-after} only on services that are known to implement it correctly; MinIO of 2026, for example, then
 * omits folders whose names begin with the name of the previous folder. On other services the listing starts at the
 * beginning and skips earlier keys.
 */
final class S3Listing extends BucketListing<S3Client> {
    /** Number of cached continuation tokens. */
    private static final int MARKS = 256;

    private final Bucket<S3Client> bucket;
    private final S3Options options;
    /** Continuation tokens by the end of the page that returned them. */
    private final Map<Place, String> marks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > MARKS;
        }
    };

    S3Listing(Bucket<S3Client> bucket, S3Options options) {
        super(bucket);
        this.bucket = bucket;
        this.options = options;
    }

    @Override
    protected boolean seeks() {
        return options.isAmazon();
    }

    private record Place(String below, String after) {}

    @Override
    protected Start start(String below, @Nullable String after, int limit) {
        int size = Math.min(limit, PAGE);
        if (after == null) {
            return new Start(null, null, size, key -> true);
        }
        String mark = mark(new Place(below, after));
        if (mark != null || seeks()) {
            return new Start(mark == null ? after : null, mark, size, key -> true);
        }
        return new Start(null, null, PAGE, key -> KeyOrder.BY_CODE_POINT.compare(key, after) > 0);
    }

    private @Nullable String mark(Place place) {
        synchronized (marks) {
            return marks.get(place);
        }
    }

    @Override
    protected void pageEnded(String below, String last, String token) {
        synchronized (marks) {
            marks.put(new Place(below, last), token);
        }
    }

    @Override
    protected Bucket.Call<S3Client, Page> request(
            String below, @Nullable String delimiter, @Nullable String from, @Nullable String token, int size) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.nameOf(below))
                .delimiter(delimiter)
                .startAfter(token == null && from != null ? bucket.nameOf(from) : null)
                .continuationToken(token)
                .maxKeys(size)
                .requestPayer(options.payer())
                .build();
        return client -> page(client.listObjectsV2(request), below);
    }

    private Page page(ListObjectsV2Response page, String below) {
        List<Item> objects = page.contents().stream()
                .map(object -> new Item(
                        named(object.key(), below),
                        key -> S3Objects.info(bucket, "list", key, object.size(), object.eTag())))
                .toList();
        return new Page(
                objects,
                page.commonPrefixes().stream()
                        .map(common -> named(common.prefix(), below))
                        .toList(),
                !Boolean.TRUE.equals(page.isTruncated()),
                page.nextContinuationToken());
    }

    private String named(@Nullable String name, String below) {
        if (name == null) {
            throw bucket.strange("list", below, "an object or prefix has no name");
        }
        return name;
    }
}
