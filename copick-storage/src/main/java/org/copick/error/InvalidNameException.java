package org.copick.error;

/**
 * A name that may not be created; the message says which characters are the problem and what would be accepted.
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
