package org.copick.error;

/**
 * Something was asked for by name and is not there.
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
