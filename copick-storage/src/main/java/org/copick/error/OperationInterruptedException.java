package org.copick.error;

/**
 * The calling thread was interrupted; its interrupt flag is set again, and no partial result is visible.
 */
public final class OperationInterruptedException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public OperationInterruptedException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public OperationInterruptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
