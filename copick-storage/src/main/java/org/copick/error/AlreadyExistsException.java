package org.copick.error;

/**
 * An object or entity of this name already exists, and the call did not allow replacing it.
 */
public final class AlreadyExistsException extends CopickException {
    private static final long serialVersionUID = 1L;

    public AlreadyExistsException(String message) {
        super(message);
    }

    public AlreadyExistsException(String message, Throwable cause) {
        super(message, cause);
    }
}
