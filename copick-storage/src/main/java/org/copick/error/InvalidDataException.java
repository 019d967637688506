package org.copick.error;

/**
 * Values that an entity may not hold, such as a label that no object has; nothing was written. The message names the
 * value, its position if known, and the accepted values.
 */
public final class InvalidDataException extends CopickException {
    private static final long serialVersionUID = 1L;

    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
