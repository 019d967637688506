package org.copick.portal;

import java.io.IOException;

/** The portal has processed a request and reports an error; repeating the request does not help. */
final class ServiceErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    ServiceErrorException(String message) {
        super(message);
    }
}
