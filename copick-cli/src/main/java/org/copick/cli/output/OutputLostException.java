package org.copick.cli.output;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Thrown when standard output cannot be written, such as after its reader closed the pipe. */
public final class OutputLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean closedByReader;

    /**
     * Creates the exception for a failed write.
     *
     * @param isPipe whether standard output is known to be a pipe; the reason alone may be in any language
     */
    OutputLostException(IOException cause, boolean isPipe) {
        super("cannot write to standard output: " + cause.getMessage() + "; write to a file elsewhere", cause);
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        closedByReader = isPipe || reason.contains("pipe") || reason.contains("connection reset");
    }

    /** Returns the exception of this type among a failure and its causes, or null. */
    public static @Nullable OutputLostException behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutputLostException lost) {
                return lost;
            }
        }
        return null;
    }

    /** Returns whether the reader closed the pipe. */
    public boolean closedByReader() {
        return closedByReader;
    }
}
