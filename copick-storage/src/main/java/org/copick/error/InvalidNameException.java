package org.copick.error;

/**
 * An invalid name for a new object or entity; the message names the invalid characters and describes a valid name.
 */
public final class InvalidNameException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public InvalidNameException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public InvalidNameException(String message, Throwable cause) {
        super(message, cause);
    }
}
