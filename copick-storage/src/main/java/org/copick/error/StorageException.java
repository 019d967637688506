package org.copick.error;

/**
 * A store operation failed: the store is unreachable, timed out, is full, or reported an I/O error. Never thrown for an
 * object that is merely absent.
 */
public final class StorageException extends CopickException {
    private static final long serialVersionUID = 1L;

    /** True if the call may succeed if repeated later. */
    private final boolean mayBeTransient;

    /**
     * Creates an exception for a failure that is not known to be transient.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public StorageException(String message, Throwable cause) {
        this(message, false, cause);
    }

    /**
     * Creates an exception for a failure of the store.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param mayBeTransient whether the call may succeed if repeated later
     * @param cause the failure that led to this one
     */
    public StorageException(String message, boolean mayBeTransient, Throwable cause) {
        super(message, cause);
        this.mayBeTransient = mayBeTransient;
    }

    /** {@return whether the call may succeed if repeated later: after timeouts, throttling and lost connections} */
    public boolean mayBeTransient() {
        return mayBeTransient;
    }
}
