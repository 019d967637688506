package org.copick.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receives uploads, in one request or in a session. */
final class Uploads {
    private static final Pattern CHUNK = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
    private static final Pattern QUESTION = Pattern.compile("bytes \\*/(\\d+|\\*)");
    private static final int STEP = 256 << 10;
    private static final long LONGEST_WAIT = 2_000_000_000L;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private static final class Session {
        final Contents bucket;
        final JsonNode metadata;
        final Request begun;
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        String done = "";
        int arriving;

        Session(Contents bucket, JsonNode metadata, Request begun) {
            this.bucket = bucket;
            this.metadata = metadata;
            this.begun = begun;
        }

        String name() {
            return metadata.path("name").asText();
        }
    }

    /** Returns the number of sessions that are neither complete nor cancelled. */
    int open() {
        return (int) sessions.values().stream()
                .filter(session -> session.done.isEmpty())
                .count();
    }

    Reply multipart(Contents bucket, Request request) {
        request.allow("uploadType", "name", "projection", "ifGenerationMatch", "ifGenerationNotMatch");
        List<Multipart.Section> sections = Multipart.sections(request.header("content-type"), request.body());
        if (sections.size() != 2) {
            throw Refusal.bad("expected metadata and content, not " + sections.size() + " parts");
        }
        JsonNode metadata = metadata(sections.get(0).body(), request);
        Stored stored = bucket.put(
                metadata.path("name").asText(), metadata, sections.get(1).body(), request);
        return Reply.json(200, Fields.filtered(stored.resource(), request));
    }

    Reply begin(Contents bucket, Request request, String endpoint) {
        request.allow("uploadType", "name", "ifGenerationMatch", "ifGenerationNotMatch");
        JsonNode metadata = metadata(request.body(), request);
        bucket.require(metadata.path("name").asText(), request);
        String id = UUID.randomUUID().toString();
        sessions.put(id, new Session(bucket, metadata, request));
        return Reply.of(200).with("Location", endpoint + "/upload/storage/v1/session?upload_id=" + id);
    }

    private static JsonNode metadata(byte[] json, Request request) {
        try {
            JsonNode metadata = Stored.JSON.readTree(new String(json, StandardCharsets.UTF_8));
            String name = request.query("name");
            if (metadata.path("name").asText("").isEmpty()
                    || (name != null && !name.equals(metadata.path("name").asText()))) {
                throw Refusal.bad("Required object name");
            }
            return metadata;
        } catch (IOException e) {
            throw Refusal.bad("metadata is not JSON");
        }
    }

    Reply goOn(Request request) {
        Session session = session(request);
        synchronized (session) {
            if (!session.done.isEmpty()) {
                return Reply.json(200, session.done);
            }
            String range = request.header("content-range");
            if (QUESTION.matcher(range).matches()) {
                awaitArriving(session);
                return session.done.isEmpty() ? incomplete(session) : Reply.json(200, session.done);
            }
            Matcher chunk = CHUNK.matcher(range);
            if (!chunk.matches()) {
                throw Refusal.bad("Content-Range " + range);
            }
            long from = Long.parseLong(chunk.group(1));
            long to = Long.parseLong(chunk.group(2));
            boolean last = !chunk.group(3).equals("*") && to + 1 == Long.parseLong(chunk.group(3));
            // like the service, ignores bytes that have arrived before, for example in a broken request
            int known = session.arrived.size() - (int) from;
            if (known < 0) {
                throw Refusal.bad("the next byte is " + session.arrived.size() + ", not " + from);
            }
            int length = request.body().length;
            if (length == to - from + 1 && !last && length % STEP != 0) {
                throw Refusal.bad("chunks are multiples of 256 KiB");
            }
            boolean whole = length == to - from + 1;
            int taken = whole ? length : length / STEP * STEP;
            session.arrived.write(request.body(), Math.min(known, taken), Math.max(0, taken - known));
            if (!whole || !last) {
                return incomplete(session);
            }
            Stored stored =
                    session.bucket.put(session.name(), session.metadata, session.arrived.toByteArray(), session.begun);
            session.done = Fields.filtered(stored.resource(), session.begun);
            // a complete session is kept for status requests, without its content
            session.arrived = new ByteArrayOutputStream();
            return Reply.json(200, session.done);
        }
    }

    /**
     * Records that the content of a request begins to arrive (1) or has ended (-1). Status requests wait for the end.
     */
    void arriving(String id, int change) {
        Session session = sessions.get(id);
        if (session != null) {
            synchronized (session) {
                session.arriving += change;
                session.notifyAll();
            }
        }
    }

    private static void awaitArriving(Session session) {
        long end = System.nanoTime() + LONGEST_WAIT;
        try {
            while (session.arriving > 0 && System.nanoTime() < end) {
                session.wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the bytes of a broken request that have arrived, rounded down to whole steps. */
    void broken(Request request) {
        Session session = session(request);
        synchronized (session) {
            Matcher chunk = CHUNK.matcher(request.header("content-range"));
            if (session.done.isEmpty() && chunk.matches() && Long.parseLong(chunk.group(1)) == session.arrived.size()) {
                session.arrived.writeBytes(Arrays.copyOf(request.body(), request.body().length / STEP * STEP));
            }
        }
    }

    Reply giveUp(Request request) {
        sessions.values().remove(session(request));
        return Reply.of(499);
    }

    private Session session(Request request) {
        Session session = sessions.get(String.valueOf(request.query("upload_id")));
        if (session == null) {
            throw new Refusal(404, "notFound", "no such session");
        }
        return session;
    }

    private static Reply incomplete(Session session) {
        int size = session.arrived.size();
        Reply reply = Reply.of(308);
        return size == 0 ? reply : reply.with("Range", "bytes=0-" + (size - 1));
    }
}
