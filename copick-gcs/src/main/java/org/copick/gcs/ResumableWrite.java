package org.copick.gcs;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.copick.error.CopickException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Patience;
import org.jspecify.annotations.Nullable;

/**
 * Writes a large object in a session of the service's: what is interrupted goes on behind what has arrived. The object appears
 * when all is there; when it fails, also by an interrupt, the session is given up and nothing is left.
 *
 * <p>A session's address is good for writing without any credentials, so it is in no message.
 */
final class ResumableWrite {
    private static final int INCOMPLETE = 308;
    private static final int BAD_REQUEST = 400;
    private static final int SESSIONS = 3;

    private final Bucket<GcsClient> bucket;
    private final GcsOptions options;
    private final GcsWriter writer;
    private final String key;
    private final byte[] bytes;
    private final StorageObject metadata;
    private final WriteCondition condition;

    ResumableWrite(
            Bucket<GcsClient> bucket,
            GcsOptions options,
            GcsWriter writer,
            String key,
            byte[] bytes,
            StorageObject metadata,
            WriteCondition condition) {
        this.bucket = bucket;
        this.options = options;
        this.writer = writer;
        this.key = key;
        this.bytes = bytes;
        this.metadata = metadata;
        this.condition = condition;
    }

    /** The service does not know the session any more; to be begun anew. */
    private static final class SessionLostException extends IOException {
        private static final long serialVersionUID = 1L;

        SessionLostException() {
            super("the service has lost what was written so far");
        }
    }

    ObjectInfo run() {
        for (int i = 1; i < SESSIONS; i++) {
            try {
                return inSession(i);
            } catch (StorageException e) {
                if (!(e.getCause() instanceof SessionLostException)) {
                    throw e;
                }
            }
        }
        return inSession(SESSIONS);
    }

    /**
     * A session that was begun, or the object that a lost one had written after all.
     *
     * @param address null where there is an object
     */
    private record Begun(
            @Nullable GenericUrl address, @Nullable ObjectInfo written) {}

    private ObjectInfo inSession(int number) {
        Begun begun = bucket.call(
                "write", key, Bucket.LIMIT, client -> GcsFailures.repeated(options, attempt -> begun(client, number)));
        if (begun.written != null) {
            return begun.written;
        }
        GenericUrl session = Objects.requireNonNull(begun.address);
        boolean complete = false;
        try {
            ObjectInfo info = bucket.call(
                    "write",
                    key,
                    Patience.limit(bytes.length),
                    client -> GcsFailures.repeated(options, attempt -> sent(client, session, attempt)));
            complete = true;
            return info;
        } finally {
            if (!complete) {
                giveUp(session);
            }
        }
    }

    private Begun begun(GcsClient client, int number) throws Exception {
        Storage.Objects.Insert insert = client.storage()
                .objects()
                .insert(bucket.name(), metadata)
                .setFields(GcsWriter.FIELDS)
                .setUserProject(options.payer())
                .setIfGenerationMatch(GcsWriter.generation(condition));
        GenericUrl url = insert.buildHttpRequestUrl();
        url.setRawPath("/upload" + url.getRawPath());
        url.set("uploadType", "resumable");
        HttpRequest request = client.storage()
                .getRequestFactory()
                .buildPostRequest(url, new JsonHttpContent(client.storage().getJsonFactory(), metadata));
        request.getHeaders().set("X-Upload-Content-Type", GcsWriter.TYPE);
        request.getHeaders().set("X-Upload-Content-Length", Integer.toString(bytes.length));
        HttpResponse response;
        try {
            response = request.execute();
        } catch (HttpResponseException e) {
            return new Begun(null, writer.refused(client, key, metadata, condition, number, e));
        }
        try {
            String location = response.getHeaders().getLocation();
            if (location == null) {
                throw new IOException("the service began a write and did not say where to send it");
            }
            response.ignore();
            return new Begun(new GenericUrl(location), null);
        } finally {
            response.disconnect();
        }
    }

    private ObjectInfo sent(GcsClient client, GenericUrl session, int attempt) throws Exception {
        int from = 0;
        if (attempt > 1) {
            HttpResponse asked = put(client, session, new EmptyContent(), "bytes */" + bytes.length);
            try {
                if (asked.getStatusCode() == BAD_REQUEST) {
                    // fake-gcs-server takes the question for the end of the session, in which nothing has arrived
                    throw new SessionLostException();
                }
                if (asked.getStatusCode() != INCOMPLETE) {
                    return completed(client, asked, attempt);
                }
                from = arrived(asked.getHeaders().getRange());
            } finally {
                asked.disconnect();
            }
        }
        HttpResponse sent = put(
                client,
                session,
                new ByteArrayContent(GcsWriter.TYPE, bytes, from, bytes.length - from),
                "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        try {
            return completed(client, sent, attempt);
        } finally {
            sent.disconnect();
        }
    }

    private int arrived(String range) throws IOException {
        if (range == null) {
            return 0;
        }
        try {
            int next = Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1;
            if (next >= 0 && next < bytes.length) {
                return next;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IOException("the service says that it has got " + range + " of " + bytes.length + " bytes");
    }

    private static HttpResponse put(GcsClient client, GenericUrl session, HttpContent content, String range)
            throws IOException {
        HttpRequest request = client.storage().getRequestFactory().buildPutRequest(session, content);
        request.getHeaders().setContentRange(range);
        return request.setParser(client.storage().getObjectParser())
                .setThrowExceptionOnExecuteError(false)
                .setFollowRedirects(false)
                .execute();
    }

    private ObjectInfo completed(GcsClient client, HttpResponse response, int attempt) throws Exception {
        if (response.isSuccessStatusCode()) {
            ObjectInfo info = Generations.info(key, response.parseAs(StorageObject.class));
            if (info.size() != bytes.length) {
                throw new IOException("the service has written " + info.size() + " of " + bytes.length + " bytes");
            }
            return info;
        }
        if (response.getStatusCode() == INCOMPLETE) {
            throw new EOFException("only a part has arrived");
        }
        if (response.getStatusCode() == 404 || response.getStatusCode() == 410) {
            throw new SessionLostException();
        }
        // not by the client's own exception, which quotes the session's address
        HttpResponseException refusal = new HttpResponseException.Builder(
                        response.getStatusCode(), response.getStatusMessage(), response.getHeaders())
                .setContent(response.parseAsString())
                .setMessage("HTTP " + response.getStatusCode())
                .build();
        return writer.refused(client, key, metadata, condition, attempt, refusal);
    }

    /** Best effort: what cannot be given up now is never seen, and goes after a week. */
    private void giveUp(GenericUrl session) {
        boolean interrupted = Thread.interrupted();
        try {
            bucket.call("write", key, Bucket.LIMIT, client -> {
                HttpResponse response = client.storage()
                        .getRequestFactory()
                        .buildDeleteRequest(session)
                        .setThrowExceptionOnExecuteError(false)
                        .execute();
                response.disconnect();
                return response.getStatusCode();
            });
        } catch (CopickException e) {
            // the failure that led here is the one to tell
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
