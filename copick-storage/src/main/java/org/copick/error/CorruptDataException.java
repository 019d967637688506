package org.copick.error;

/**
 * Stored bytes contradict their format: broken JSON, a truncated chunk, a checksum that does not match, an absurd shape.
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
