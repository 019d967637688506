package org.copick.error;

/**
 * Stored bytes violate their format: broken JSON, a truncated chunk, a checksum mismatch, an absurd shape.
 */
public final class CorruptDataException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public CorruptDataException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public CorruptDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
