package org.copick.error;

/**
 * A store operation failed: the store is unreachable, timed out, is full, or reported an I/O error. Never thrown for an
 * object that is merely absent.
 */
public final class StorageException extends CopickException {
    private static final long serialVersionUID = 1L;

    private final boolean mayBeTransient;

    public StorageException(String message, Throwable cause) {
        this(message, false, cause);
    }

    public StorageException(String message, boolean mayBeTransient, Throwable cause) {
        super(message, cause);
        this.mayBeTransient = mayBeTransient;
    }

    /** Returns whether the call may succeed if repeated later: after timeouts, throttling and lost connections. */
    public boolean mayBeTransient() {
        return mayBeTransient;
    }
}
