package org.copick.error;

/**
 * Stored bytes violate their format: broken JSON, a truncated chunk, a checksum mismatch, an absurd shape.
 */
public final class CorruptDataException extends CopickException {
    private static final long serialVersionUID = 1L;

    public CorruptDataException(String message) {
        super(message);
    }

    public CorruptDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
