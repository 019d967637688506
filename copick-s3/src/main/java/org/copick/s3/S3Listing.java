package org.copick.s3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.copick.error.StorageException;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.ListingProgress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists keys. Names that other programs can make and that are no keys here are left out; an empty {@code folder/}, as web
 * consoles make it, stands for a folder.
 *
 * <p>A listing that goes on where a page ended does so by the service's own mark. To begin after any other key is left to
 * services that are known to do it rightly: MinIO of 2026 for one then leaves out folders whose names begin with that of the
 * one before. From others all is listed, and what lies before is passed over.
 */
final class S3Listing {
    /** The most keys that the service tells at once. */
    private static final int PAGE = 1000;

    /** How many pages' ends are kept. */
    private static final int MARKS = 256;

    private final Bucket<S3Client> bucket;
    private final S3Options options;
    /** The service's marks of where pages ended. */
    private final Map<Place, String> marks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > MARKS;
        }
    };

    S3Listing(Bucket<S3Client> bucket, S3Options options) {
        this.bucket = bucket;
        this.options = options;
    }

    /** Whether a listing can begin after any key. */
    boolean seeks() {
        return options.isAmazon();
    }

    private record Place(String below, String after) {}

    ListPage list(String below, @Nullable String after, int limit) {
        String token = after == null ? null : mark(new Place(below, after));
        boolean isKnown = after == null || token != null;
        boolean seeks = !isKnown && seeks();
        int size = isKnown || seeks ? Math.min(limit, PAGE) : PAGE;
        List<String> folders = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        while (true) {
            ListObjectsV2Response page = page(below, null, seeks ? after : null, token, size);
            List<ObjectInfo> objects = objects(page);
            for (S3Object object : page.contents()) {
                bucket.folderOf(object.key()).ifPresent(folders::add);
            }
            token = token(page, below);
            progress.page(names(page), token);
            if (token != null && !objects.isEmpty()) {
                keep(new Place(below, objects.get(objects.size() - 1).key()), token);
            }
            if (after != null && !isKnown && !seeks) {
                objects = objects.stream()
                        .filter(object -> KeyOrder.BY_CODE_POINT.compare(object.key(), after) > 0)
                        .toList();
            }
            if (objects.size() > limit) {
                return new ListPage(objects.subList(0, limit), folders, false);
            }
            if (token == null || !objects.isEmpty()) {
                return new ListPage(objects, folders, token == null);
            }
        }
    }

    private @Nullable String mark(Place place) {
        synchronized (marks) {
            return marks.get(place);
        }
    }

    private void keep(Place place, String token) {
        synchronized (marks) {
            marks.put(place, token);
        }
    }

    FolderListing level(String below) {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        ListingProgress progress = new ListingProgress(bucket, below);
        String token = null;
        do {
            ListObjectsV2Response page = page(below, "/", null, token, PAGE);
            progress.hold(names(page));
            objects.addAll(objects(page));
            for (CommonPrefix common : page.commonPrefixes()) {
                bucket.prefixOf(common.prefix()).ifPresent(prefixes::add);
            }
            token = token(page, below);
            progress.page(names(page), token);
        } while (token != null);
        return new FolderListing(objects, prefixes);
    }

    /** The first keys below a prefix as the service has them, also those that are none here. */
    List<String> rawKeys(String below) {
        return page(below, null, null, null, PAGE).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static List<String> names(ListObjectsV2Response page) {
        return Stream.concat(
                        page.contents().stream().map(S3Object::key),
                        page.commonPrefixes().stream().map(CommonPrefix::prefix))
                .toList();
    }

    private ListObjectsV2Response page(
            String below, @Nullable String delimiter, @Nullable String after, @Nullable String token, int limit) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.nameOf(below))
                .delimiter(delimiter)
                .startAfter(token == null && after != null ? bucket.nameOf(after) : null)
                .continuationToken(token)
                .maxKeys(limit)
                .requestPayer(options.payer())
                .build();
        ListObjectsV2Response page = bucket.call("list", below, client -> client.listObjectsV2(request));
        page.contents().forEach(object -> bucket.requireBelow(below, object.key()));
        page.commonPrefixes().forEach(common -> bucket.requireBelow(below, common.prefix()));
        return page;
    }

    private @Nullable String token(ListObjectsV2Response page, String below) {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        if (page.nextContinuationToken() == null) {
            throw new StorageException(
                    "cannot list " + bucket.location(below) + ": the service does not say how to go on",
                    new IllegalStateException("truncated without a token"));
        }
        return page.nextContinuationToken();
    }

    private List<ObjectInfo> objects(ListObjectsV2Response page) {
        List<ObjectInfo> objects = new ArrayList<>(page.contents().size());
        for (S3Object object : page.contents()) {
            bucket.keyOf(object.key())
                    .ifPresent(key -> objects.add(new ObjectInfo(key, object.size(), ETags.version(object.eTag()))));
        }
        return objects;
    }
}
