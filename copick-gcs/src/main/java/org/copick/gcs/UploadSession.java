package org.copick.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobSourceOption;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.jspecify.annotations.Nullable;

/**
 * An upload session, in which an object is written piece by piece.
 *
 * <p>An interrupted piece resumes after the bytes that have arrived. The object becomes visible with its last piece; a
 * cancelled session leaves nothing. A session's address permits writing without any credentials, so no message contains
 * it.
 */
final class UploadSession {
    private static final int INCOMPLETE = 308;
    private static final int BAD_REQUEST = 400;
    private static final String FIELDS = "size,generation,crc32c";

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;
    private final GcsWriter writer;
    private final String key;
    private final BlobInfo metadata;
    private final WriteCondition condition;
    private @Nullable GenericUrl address;

    UploadSession(
            Bucket<GcsClient> bucket,
            GcsOptions options,
            GcsWriter writer,
            String key,
            BlobInfo metadata,
            WriteCondition condition) {
        this.bucket = bucket;
        this.options = options;
        this.writer = writer;
        this.key = key;
        this.metadata = metadata;
        this.condition = condition;
    }

    /** The service no longer knows the session. */
    static final class LostException extends IOException {
        private static final long serialVersionUID = 1L;

        LostException() {
            super("the service has lost the upload session and the bytes written so far");
        }
    }

    /**
     * Begins the session.
     *
     * @param number the number of the session for this object, from 1
     * @param size the size of the whole object, if it is known
     * @return the object if a lost session had completed it
     */
    Optional<ObjectInfo> begin(int number, Optional<Integer> size) {
        return bucket.call(
                "write",
                key,
                client -> GcsFailures.repeated(options.retryPolicy().attempts(), attempt -> {
                    HttpResponse response;
                    try {
                        response = request(client, size);
                    } catch (HttpResponseException e) {
                        return Optional.of(writer.refused(client, key, metadata, condition, number, e));
                    }
                    address = address(response);
                    return Optional.empty();
                }));
    }

    private HttpResponse request(GcsClient client, Optional<Integer> size) throws IOException {
        StorageObject begun = new StorageObject()
                .setName(metadata.getName())
                .setContentType(metadata.getContentType())
                .setMetadata(metadata.getMetadata())
                .setCrc32c(metadata.getCrc32c());
        return client.raw()
                .beginSession(
                        bucket.name(),
                        begun,
                        FIELDS,
                        GcsWriter.generation(condition),
                        size.orElse(null),
                        options.payer());
    }

    private static GenericUrl address(HttpResponse response) throws IOException {
        try (Connected answer = new Connected(response)) {
            String location = answer.response().getHeaders().getLocation();
            if (location == null) {
                throw new IOException("the service began an upload session without an address");
            }
            response.ignore();
            return new GenericUrl(location);
        }
    }

    /**
     * A piece of the object.
     *
     * @param start the position of its first byte in the object
     * @param last whether it is the object's last piece; the length of other pieces is a multiple of 256 KiB
     * @param checksum the checksum of the whole object, if this is the last piece and the session began without one
     */
    @SuppressWarnings("ArrayRecordComponent") // a view, never compared
    record Piece(byte[] bytes, int length, long start, boolean last, Optional<String> checksum) {
        long end() {
            return start + length;
        }

        String total() {
            return last ? Long.toString(end()) : "*";
        }
    }

    /**
     * Sends a piece.
     *
     * @return the object, after the last piece
     */
    Optional<ObjectInfo> send(Piece piece) {
        return bucket.call(
                "write",
                key,
                piece.length,
                client -> GcsFailures.repeated(
                        options.retryPolicy().attempts(), attempt -> sent(client, piece, attempt)));
    }

    private Optional<ObjectInfo> sent(GcsClient client, Piece piece, int attempt) throws Exception {
        long from = piece.start;
        if (attempt > 1) {
            try (Connected answer = new Connected(put(client, new EmptyContent(), "bytes */" + piece.total()))) {
                HttpResponse asked = answer.response();
                if (asked.getStatusCode() == BAD_REQUEST) {
                    // fake-gcs-server takes this status request for the end of the session, of which nothing has
                    // arrived
                    throw new LostException();
                }
                if (asked.getStatusCode() != INCOMPLETE) {
                    return Optional.of(completed(client, piece, asked, attempt));
                }
                from = arrived(piece, asked.getHeaders().getRange());
            }
            if (from == piece.end()) {
                return Optional.empty();
            }
        }
        HttpContent content = new ByteArrayContent(
                metadata.getContentType(), piece.bytes, (int) (from - piece.start), (int) (piece.end() - from));
        String range = "bytes " + from + "-" + (piece.end() - 1) + "/" + piece.total();
        try (Connected answer = new Connected(put(client, content, range))) {
            HttpResponse sent = answer.response();
            if (!piece.last && sent.getStatusCode() == INCOMPLETE) {
                if (arrived(piece, sent.getHeaders().getRange()) < piece.end()) {
                    throw new EOFException("only a part of the piece has arrived");
                }
                return Optional.empty();
            }
            return Optional.of(completed(client, piece, sent, attempt));
        }
    }

    /** Returns the position in the object after the last byte that has arrived. */
    private static long arrived(Piece piece, @Nullable String range) throws IOException {
        if (range == null && piece.start == 0) {
            return 0;
        }
        try {
            long next = range == null ? 0 : Long.parseLong(range.substring(range.indexOf('-') + 1)) + 1;
            if (next >= piece.start && (piece.last ? next < piece.end() : next <= piece.end())) {
                return next;
            }
        } catch (NumberFormatException e) {
            // the exception below reports the invalid range
        }
        throw new IOException("the service reports that it has received " + range + " of " + piece.end() + " bytes");
    }

    private HttpResponse put(GcsClient client, HttpContent content, String range) throws IOException {
        return client.raw().sendToSession(Objects.requireNonNull(address), content, range);
    }

    private ObjectInfo completed(GcsClient client, Piece piece, HttpResponse response, int attempt) throws Exception {
        if (response.isSuccessStatusCode()) {
            StorageObject object = response.parseAs(StorageObject.class);
            ObjectInfo info = Generations.info(
                    key, object.getSize() == null ? null : object.getSize().longValue(), object.getGeneration());
            if (info.size() != piece.end()) {
                throw new IOException("the service has written " + info.size() + " of " + piece.end() + " bytes");
            }
            if (piece.checksum.isPresent() && !piece.checksum.get().equals(object.getCrc32c())) {
                throw damaged(client, piece.checksum.get(), object);
            }
            return info;
        }
        if (response.getStatusCode() == INCOMPLETE) {
            throw new EOFException("only a part of the piece has arrived");
        }
        if (response.getStatusCode() == 404 || response.getStatusCode() == 410) {
            // the service may have forgotten the session because the object is complete
            ObjectInfo own = piece.last && attempt > 1
                    ? writer.own(client, key, metadata, piece.end(), piece.checksum.orElse(metadata.getCrc32c()))
                    : null;
            if (own != null) {
                return own;
            }
            throw new LostException();
        }
        // not the client's own exception, which quotes the session's address
        HttpResponseException refusal = new HttpResponseException.Builder(
                        response.getStatusCode(), response.getStatusMessage(), response.getHeaders())
                .setContent(response.parseAsString())
                .setMessage("HTTP " + response.getStatusCode())
                .build();
        return writer.refused(client, key, metadata, condition, attempt, refusal);
    }

    /** Deletes an object that differs from the bytes that were sent. */
    private StorageException damaged(GcsClient client, String wanted, StorageObject object) {
        client.storage()
                .delete(
                        BlobId.of(bucket.name(), bucket.nameOf(key)),
                        options.paid(
                                        new ArrayList<>(
                                                List.of(BlobSourceOption.generationMatch(object.getGeneration()))),
                                        BlobSourceOption::userProject)
                                .toArray(BlobSourceOption[]::new));
        return new StorageException(
                "cannot write " + bucket.location(key)
                        + ": it was damaged during the upload and has been deleted; write it again",
                true,
                new GcsFailures.DamagedException("the CRC32C is " + object.getCrc32c() + ", not " + wanted));
    }

    /** Cancels the session, on a best-effort basis. Sessions that remain are invisible and expire after a week. */
    void giveUp() {
        GenericUrl begun = address;
        if (begun == null) {
            return;
        }
        bucket.tidyUp("write", key, client -> {
            client.raw().cancelSession(begun);
            return true;
        });
    }
}
