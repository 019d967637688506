package org.copick.error;

/**
 * A project configuration that cannot be used; the message names the field.
 */
public final class InvalidConfigException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public InvalidConfigException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
