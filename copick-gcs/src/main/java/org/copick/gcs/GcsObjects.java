package org.copick.gcs;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Download;
import org.copick.storage.remote.GzipObjects;
import org.copick.storage.remote.ObjectSource;
import org.copick.storage.remote.Part;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects and their metadata.
 *
 * <p>Objects stored with {@code Content-Encoding: gzip} have their {@linkplain GzipObjects unpacked content}.
 */
final class GcsObjects implements ObjectSource<GcsClient> {
    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;

    GcsObjects(Bucket<GcsClient> bucket, GcsOptions options) {
        this.bucket = bucket;
        this.options = options;
    }

    @Override
    public Part get(GcsClient client, String key, @Nullable ByteRange range, @Nullable Version expected)
            throws Exception {
        return GcsFailures.repeated(options.retryPolicy().attempts(), attempt -> once(client, key, range, expected));
    }

    private Part once(GcsClient client, String key, @Nullable ByteRange range, @Nullable Version expected)
            throws Exception {
        Long generation = expected == null ? null : Generations.number(expected);
        if (expected != null && generation == null) {
            return known(client, key).isPresent() ? Part.CHANGED : Part.ABSENT;
        }
        HttpResponse response;
        try {
            response = client.raw().content(bucket.name(), bucket.nameOf(key), generation, range, options.payer());
        } catch (HttpResponseException e) {
            return refused(client, key, range, expected, e);
        }
        try (Connected answer = new Connected(response)) {
            Part part = read(client, key, range, expected, answer.response());
            response.ignore(); // reading to the end releases the connection
            return part;
        }
    }

    private Part refused(
            GcsClient client,
            String key,
            @Nullable ByteRange range,
            @Nullable Version expected,
            HttpResponseException refused)
            throws Exception {
        if (refused.getStatusCode() == 404) {
            requireBucket("read", key, refused);
            return Part.ABSENT;
        }
        if (refused.getStatusCode() == 412) {
            return Part.CHANGED;
        }
        if (refused.getStatusCode() == 416 && range != null) {
            Optional<ObjectInfo> now = known(client, key);
            boolean holdsIt = now.isPresent() && range.lengthIn(now.get().size()) > 0; // compressed or replaced
            return holdsIt
                    ? GzipObjects.cut(once(client, key, null, expected), range)
                    : Part.pastTheEnd(now, range, expected);
        }
        throw refused;
    }

    private Part read(
            GcsClient client, String key, @Nullable ByteRange range, @Nullable Version expected, HttpResponse response)
            throws Exception {
        HttpHeaders headers = response.getHeaders();
        Version version =
                Generations.version(headers.getFirstHeaderStringValue("x-goog-generation"), bucket.location(key));
        if (expected != null && !expected.equals(version)) {
            return Part.CHANGED; // an emulator may ignore the condition
        }
        boolean isPacked = GzipObjects.isPacked(headers.getContentEncoding());
        if (isPacked && range != null) {
            response.disconnect();
            return GzipObjects.cut(once(client, key, null, expected), range);
        }
        Download download = new Download(
                bucket.location(key),
                headers.getContentLength(),
                headers.getContentRange(),
                version,
                response.getContent(),
                () -> stop(response));
        if (range != null) {
            return download.part(key, range);
        }
        boolean isUnpackedForUs =
                GzipObjects.isPacked(headers.getFirstHeaderStringValue("x-goog-stored-content-encoding"));
        if (isUnpackedForUs && !isPacked) {
            byte[] content = GzipObjects.all(response.getContent(), bucket.location(key));
            return Part.there(new ObjectInfo(key, content.length, version), content);
        }
        Part stored = download.part(key, null);
        Crc32c.require(
                stored.bytes(), String.join(",", headers.getHeaderStringValues("x-goog-hash")), bucket.location(key));
        return GzipObjects.unpacked(stored, headers.getContentEncoding(), bucket.location(key));
    }

    private static void stop(HttpResponse response) {
        try {
            response.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<ObjectInfo> info(GcsClient client, String key) throws Exception {
        return GcsFailures.repeated(client, attempt -> known(client, key));
    }

    private Optional<ObjectInfo> known(GcsClient client, String key) throws Exception {
        Blob object = found(client, key, "look up", BlobField.SIZE, BlobField.GENERATION, BlobField.CONTENT_ENCODING);
        if (object == null) {
            return Optional.empty();
        }
        if (GzipObjects.isPacked(object.getContentEncoding())) {
            Part whole = once(client, key, null, null);
            return whole == Part.ABSENT ? Optional.empty() : Optional.of(whole.info());
        }
        return Optional.of(Generations.info(key, object));
    }

    /** Returns these fields of an object, or null if it does not exist. Throws an exception if there is no bucket. */
    @Nullable Blob found(GcsClient client, String key, String operation, BlobField... fields) throws Exception {
        List<BlobGetOption> asked =
                options.paid(new ArrayList<>(List.of(BlobGetOption.fields(fields))), BlobGetOption::userProject);
        HttpResponseException missing = null;
        try {
            Blob object = client.storage()
                    .get(BlobId.of(bucket.name(), bucket.nameOf(key)), asked.toArray(BlobGetOption[]::new));
            if (object != null) {
                return object;
            }
        } catch (StorageException e) {
            missing = GcsFailures.refusal(e);
            if (missing == null || missing.getStatusCode() != 404) {
                throw e;
            }
        }
        requireBucket(operation, key, missing);
        return null;
    }

    /**
     * Checks that the bucket exists if the answer does not say what is missing; one request per unknown bucket.
     *
     * @param missing the answer, or null if the client has dropped it
     */
    void requireBucket(String operation, String key, @Nullable HttpResponseException missing) throws Exception {
        if (missing != null && GcsFailures.isAboutBucket(missing)) {
            throw missing;
        }
        if (missing == null || !GcsFailures.isAboutObject(missing)) {
            Exception cause = missing == null ? new IllegalStateException("HTTP 404") : missing;
            bucket.requireBucket(operation, key, cause, this::isThere);
        }
    }

    private boolean isThere(GcsClient client) {
        List<BlobListOption> asked = options.paid(
                new ArrayList<>(List.of(BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME))),
                BlobListOption::userProject);
        try {
            client.storage().list(bucket.name(), asked.toArray(BlobListOption[]::new));
        } catch (StorageException e) {
            HttpResponseException refused = GcsFailures.refusal(e);
            return refused == null || refused.getStatusCode() != 404;
        }
        return true;
    }
}
