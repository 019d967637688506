package org.copick.gcs.server;

import org.copick.tests.network.FaultyProxy.Answer;

/** Answers of the service for tests. */
public final class GcsAnswers {
    private GcsAnswers() {}

    /** Returns a refusal. */
    public static Answer error(int status, String reason, String message) {
        return new Answer(status, "Content-Type: application/json; charset=UTF-8\r\n", json(status, reason, message));
    }

    static String json(int status, String reason, String message) {
        String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"error\": {\"code\": " + status + ", \"message\": \"" + quoted
                + "\", \"errors\": [{\"message\": \"" + quoted + "\", \"domain\": \"global\", \"reason\": \"" + reason
                + "\"}]}}";
    }
}
