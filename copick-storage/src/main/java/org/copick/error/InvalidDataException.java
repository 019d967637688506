package org.copick.error;

/**
 * Values that an entity may not hold, such as a label that no object has; nothing was written. The message names the
 * value, its position if known, and the accepted values.
 */
public final class InvalidDataException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public InvalidDataException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
