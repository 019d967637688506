package org.copick.gcs.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Answers requests for content, with ranges and with the service's handling of compressed objects. */
final class Downloads {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private Downloads() {}

    static Reply of(Stored object, Request request) {
        Reply reply;
        boolean packed = object.encoding().equals("gzip");
        if (packed && !request.header("accept-encoding").contains("gzip")) {
            reply = Reply.of(200).with("Warning", "214 UploadServer gunzipped").body(unpacked(object.content()));
        } else {
            reply = request.header("range").isEmpty()
                    ? Reply.of(200).body(object.content())
                    : part(object.content(), request.header("range"));
            if (!object.encoding().isEmpty()) {
                reply.with("Content-Encoding", object.encoding());
            }
        }
        return reply.with("Content-Type", "application/octet-stream")
                .with("X-Goog-Generation", Long.toString(object.generation()))
                .with("X-Goog-Hash", "crc32c=" + object.crc32c())
                .with("X-Goog-Hash", "md5=" + object.md5())
                .with("X-Goog-Stored-Content-Encoding", object.encoding().isEmpty() ? "identity" : object.encoding())
                .with("X-Goog-Stored-Content-Length", Integer.toString(object.content().length));
    }

    private static Reply part(byte[] content, String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            throw Refusal.bad("only one range is understood here, not " + range);
        }
        long size = content.length;
        long from;
        long to;
        if (matcher.group(1).isEmpty()) {
            from = Math.max(0, size - Long.parseLong(matcher.group(2)));
            to = size - 1;
        } else {
            from = Long.parseLong(matcher.group(1));
            to = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        }
        if (from > to || from >= size) {
            return Reply.of(416)
                    .with("Content-Range", "bytes */" + size)
                    .body("The requested range cannot be satisfied.");
        }
        return Reply.of(206)
                .with("Content-Range", "bytes " + from + "-" + to + "/" + size)
                .body(Arrays.copyOfRange(content, (int) from, (int) to + 1));
    }

    private static byte[] unpacked(byte[] content) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        } catch (IOException e) {
            return content; // like the service, if the content is not compressed
        }
    }
}
