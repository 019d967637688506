package org.copick.error;

/**
 * Something of this name is there already and was not to be replaced.
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
