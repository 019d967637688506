package org.copick.zarr.codec;

/** Why some bytes cannot be decoded; whoever knows where they are from makes an error for people of it. */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1L;

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
