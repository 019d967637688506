package org.copick.error;

/**
 * The project, store or context was closed before this call.
 */
public final class ClosedException extends CopickException {
    private static final long serialVersionUID = 1L;

    public ClosedException(String message) {
        super(message);
    }

    public ClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
