package org.copick.error;

/**
 * The calling thread was interrupted; its interrupt flag is set again, and no partial result is visible.
 */
public final class OperationInterruptedException extends CopickException {
    private static final long serialVersionUID = 1L;

    public OperationInterruptedException(String message) {
        super(message);
    }

    public OperationInterruptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
