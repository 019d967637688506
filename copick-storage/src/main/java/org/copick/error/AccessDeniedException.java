package org.copick.error;

/**
 * The store refused: missing permission, or a path that leads out of what was opened.
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
