package org.copick.error;

/**
 * The store could not do what was asked: unreachable, timed out, full, or an I/O error. Never thrown for an object that
 * is merely absent.
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

    /** Whether trying the same call again later has a chance: timeouts, throttling, lost connections. */
    public boolean mayBeTransient() {
        return mayBeTransient;
    }
}
