package org.copick.error;

/**
 * The target lies in a read-only layer or store; annotations belong in the writable overlay.
 */
public final class ReadOnlyException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public ReadOnlyException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public ReadOnlyException(String message, Throwable cause) {
        super(message, cause);
    }
}
