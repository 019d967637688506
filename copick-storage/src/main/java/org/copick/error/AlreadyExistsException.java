package org.copick.error;

/**
 * An object or entity of this name already exists, and the call did not allow replacing it.
 */
public final class AlreadyExistsException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public AlreadyExistsException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public AlreadyExistsException(String message, Throwable cause) {
        super(message, cause);
    }
}
