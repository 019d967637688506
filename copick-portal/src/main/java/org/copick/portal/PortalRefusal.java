package org.copick.portal;

import java.io.IOException;
import java.time.Duration;

/** An HTTP status with which the portal refuses a request. */
final class PortalRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    /** The wait that the service asks for before another attempt; zero if it names none. */
    private final Duration retryAfter;

    PortalRefusal(int status, Duration retryAfter, String detail) {
        super("HTTP status " + status + (detail.isEmpty() ? "" : ": " + detail));
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Returns whether another attempt may succeed. */
    boolean isTransient() {
        return switch (status) {
            case 408, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /** Returns whether a request for fewer rows may succeed: a worker or a gateway gave up on this one. */
    boolean isTooLarge() {
        return status == 502 || status == 504;
    }
}
