package org.copick.error;

/**
 * A project configuration that cannot be used; the message names the field.
 */
public final class InvalidConfigException extends CopickException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigException(String message) {
        super(message);
    }

    public InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
