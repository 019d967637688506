package org.copick.portal;

import java.io.IOException;

/** The portal could not answer a request in time; a request for fewer rows may succeed. */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException reason;

    TooLargeException(IOException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    IOException reason() {
        return reason;
    }
}
