package org.copick.error;

/**
 * Access was denied: permission is missing, or a path leads outside the opened root.
 */
public final class AccessDeniedException extends CopickException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        super(message);
    }

    public AccessDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
