package org.copick.zarr.codec;

/**
 * Thrown if bytes cannot be decoded. Callers, which know the location of the bytes, convert it to an error for users.
 */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong with the bytes
     */
    public CodecException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what is wrong with the bytes
     * @param cause the decoder's failure
     */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
