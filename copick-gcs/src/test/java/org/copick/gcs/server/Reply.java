package org.copick.gcs.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An answer of the server. */
final class Reply {
    private final int status;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private byte[] body = new byte[0];

    private Reply(int status) {
        this.status = status;
    }

    static Reply of(int status) {
        return new Reply(status);
    }

    static Reply json(int status, String json) {
        return of(status)
                .with("Content-Type", "application/json; charset=UTF-8")
                .body(json);
    }

    Reply with(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    Reply body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Reply body(byte[] bytes) {
        body = bytes;
        return this;
    }

    int status() {
        return status;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
