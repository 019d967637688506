package org.copick.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Translates failures of requests.
 *
 * @param access the headers that were sent, for advice about credentials
 */
record HttpFailures(HttpAccess access) implements Bucket.Failures {
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    /** Longest text of a failure in a message, in characters. */
    private static final int MOST_OF_MESSAGE = 300;

    /** Returns the minimum wait before another attempt; empty if another attempt cannot help. */
    static Optional<Duration> waitAfter(Exception failure) {
        if (failure instanceof Refused refused) {
            return PASSING.contains(refused.status()) ? Optional.of(refused.retryAfter()) : Optional.empty();
        }
        boolean isPassing = failure instanceof IOException broken
                && kind(broken) != FailureKind.TLS
                && kind(broken) != FailureKind.OTHER;
        return isPassing ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    @Override
    public RuntimeException of(String operation, String where, Exception failure) {
        if (failure instanceof Refused refused) {
            return ofRefusal(operation, where, refused);
        }
        if (failure instanceof RuntimeException ours) {
            return ours;
        }
        FailureKind kind = failure instanceof IOException broken ? kind(broken) : FailureKind.of(failure);
        String detail = failure instanceof ConnectException ? "" : shortened(failure.getMessage());
        return kind.failure(operation, where, detail, failure);
    }

    private RuntimeException ofRefusal(String operation, String where, Refused refused) {
        String detail = String.valueOf(refused.getMessage());
        if (refused.isFromElsewhere() && (refused.status() == 401 || refused.status() == 403)) {
            return FailureKind.DENIED.failure(
                    operation, where, detail, "credentials are never sent after a redirect elsewhere", refused);
        }
        return switch (refused.status()) {
            case 401 ->
                (access.hasCredentials() ? FailureKind.BAD_CREDENTIALS : FailureKind.NO_CREDENTIALS)
                        .failure(operation, where, detail, access.hint(), refused);
            case 403 ->
                FailureKind.DENIED.failure(
                        operation,
                        where,
                        detail,
                        "check credentials; if the object does not exist, let the server answer 404 instead (for a public"
                                + " bucket: permit listing it)",
                        refused);
            case 429, 503 -> FailureKind.THROTTLED.failure(operation, where, detail, refused);
            default -> FailureKind.ofStatus(refused.status()).failure(operation, where, detail, refused);
        };
    }

    private static FailureKind kind(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return FailureKind.TOO_SLOW;
        }
        // the client reports a connection that ends before the headers as a plain IOException
        return String.valueOf(failure.getMessage()).contains("received no bytes")
                ? FailureKind.RESET
                : FailureKind.of(failure);
    }

    private static String shortened(@Nullable String message) {
        String line = (message == null ? "" : message)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return line.length() <= MOST_OF_MESSAGE ? line : line.substring(0, MOST_OF_MESSAGE) + "…";
    }
}
