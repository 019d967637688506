package org.copick.error;

/**
 * The caller requested something by its name, and it does not exist.
 */
public final class NotFoundException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public NotFoundException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public NotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
