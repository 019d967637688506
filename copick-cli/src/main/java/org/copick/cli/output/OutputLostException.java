package org.copick.cli.output;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Standard output takes no more: its reader has gone, or it cannot be written. */
public final class OutputLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean closedByReader;

    /**
     * Standard output failed.
     *
     * @param isPipe whether it is known to be a pipe, because the reason comes in the language of the system
     */
    OutputLostException(IOException cause, boolean isPipe) {
        super("cannot write to standard output: " + cause.getMessage() + "; write to a file elsewhere", cause);
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        closedByReader = isPipe || reason.contains("pipe") || reason.contains("connection reset");
    }

    /** The loss that is behind a failure, if one is. */
    public static @Nullable OutputLostException behind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutputLostException lost) {
                return lost;
            }
        }
        return null;
    }

    /** Whether a reader that has seen enough closed the pipe. */
    public boolean closedByReader() {
        return closedByReader;
    }
}
