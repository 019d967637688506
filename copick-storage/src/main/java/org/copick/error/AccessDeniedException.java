package org.copick.error;

/**
 * Access was denied: permission is missing, or a path leads outside the opened root.
 */
public final class AccessDeniedException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public AccessDeniedException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public AccessDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
