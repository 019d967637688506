package org.copick.error;

/**
 * The caller requested something by its name, and it does not exist.
 */
public final class NotFoundException extends CopickException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }

    public NotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
