package org.copick.cli.output;

/** A failure that the command itself found; the message is for the user. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates a failure without a cause. */
    public CommandFailure(String message) {
        super(message);
    }

    /** Creates a failure with a cause. */
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
