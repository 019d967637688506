package org.copick.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.copick.storage.Version;
import org.copick.storage.remote.AnswerBody;
import org.copick.storage.remote.Download;
import org.copick.storage.remote.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** A response with its body. Closing it reads a short rest of the body, so that the connection can be reused. */
final class HttpAnswer implements AutoCloseable {
    private final HttpResponse<BodyStream> response;
    private final AnswerBody body;

    /**
     * Takes over a response.
     *
     * @param retryPolicy determines the minimum rate of the body
     */
    HttpAnswer(HttpResponse<BodyStream> response, RetryPolicy retryPolicy) {
        this.response = response;
        this.body = new AnswerBody(response.body(), retryPolicy, AnswerBody.Limits.RATE, response.body()::abort);
    }

    int status() {
        return response.statusCode();
    }

    HttpHeaders headers() {
        return response.headers();
    }

    /** Returns the value of a header, or null if there is none. */
    @Nullable String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    InputStream body() {
        return body;
    }

    /**
     * Returns the announced length of the body; empty if the header is missing or no number. Of two lengths, and of one
     * beside a marked end, the JDK takes either, so that the body could be cut; then this is empty, too.
     */
    OptionalLong length() {
        Set<String> lengths = Set.copyOf(response.headers().allValues("Content-Length"));
        if (lengths.size() != 1 || header("Transfer-Encoding") != null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(lengths.iterator().next()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns whether the body's end is marked, although its length is not announced. */
    boolean isChunked() {
        return header("Content-Length") == null
                && String.valueOf(header("Transfer-Encoding"))
                        .toLowerCase(Locale.ROOT)
                        .contains("chunked");
    }

    /** Returns whether the body is a web page, such as a login page or that of an error. */
    boolean isPage() {
        return String.valueOf(header("Content-Type"))
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("text/html");
    }

    Download download(String where, Version version) {
        return new Download(
                where,
                length().isPresent() ? length().getAsLong() : null,
                header("Content-Range"),
                version,
                body,
                response.body()::abort);
    }

    /** Ends the response without waiting for the rest of it. */
    void stop() {
        response.body().abort();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
