package org.copick.error;

/**
 * The object changed after the caller read it; read it again and repeat the change.
 */
public final class ConflictException extends CopickException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
