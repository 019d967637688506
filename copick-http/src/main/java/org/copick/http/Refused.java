package org.copick.http;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** A response whose status is a failure. */
final class Refused extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;
    private final boolean isFromElsewhere;

    /**
     * Creates a failure.
     *
     * @param origin the origin that sent the response
     * @param retryAfter the wait that the response asks for
     * @param isFromElsewhere whether a redirect led to that origin
     */
    Refused(int status, Origin origin, Duration retryAfter, boolean isFromElsewhere) {
        super("HTTP " + status + (isFromElsewhere ? " from " + origin : ""));
        this.status = status;
        this.retryAfter = retryAfter;
        this.isFromElsewhere = isFromElsewhere;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Returns whether the response came from another origin than the store's, which gets no credentials. */
    boolean isFromElsewhere() {
        return isFromElsewhere;
    }
}
