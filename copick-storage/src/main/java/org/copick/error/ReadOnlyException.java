package org.copick.error;

/**
 * The target lies in a read-only layer or store; annotations belong in the writable overlay.
 */
public final class ReadOnlyException extends CopickException {
    private static final long serialVersionUID = 1L;

    public ReadOnlyException(String message) {
        super(message);
    }

    public ReadOnlyException(String message, Throwable cause) {
        super(message, cause);
    }
}
