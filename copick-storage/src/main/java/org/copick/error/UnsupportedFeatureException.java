package org.copick.error;

/**
 * Valid data that this version does not handle, such as a rare codec; the message names the feature.
 */
public final class UnsupportedFeatureException extends CopickException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     */
    public UnsupportedFeatureException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message the object, the operation and, if known, the remedy; credentials inside URLs are masked
     * @param cause the failure that led to this one
     */
    public UnsupportedFeatureException(String message, Throwable cause) {
        super(message, cause);
    }
}
