package org.copick.error;

/**
 * An invalid name for a new object or entity; the message names the invalid characters and describes a valid name.
 */
public final class InvalidNameException extends CopickException {
    private static final long serialVersionUID = 1L;

    public InvalidNameException(String message) {
        super(message);
    }

    public InvalidNameException(String message, Throwable cause) {
        super(message, cause);
    }
}
