package org.copick.error;

/**
 * Valid data that this version does not handle, such as a rare codec; the message names the feature.
 */
public final class UnsupportedFeatureException extends CopickException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFeatureException(String message) {
        super(message);
    }

    public UnsupportedFeatureException(String message, Throwable cause) {
        super(message, cause);
    }
}
