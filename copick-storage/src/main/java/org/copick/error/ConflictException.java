package org.copick.error;

/**
 * The object changed after the caller read it; read it again and repeat the change.
 */
public final class ConflictException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public ConflictException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
