package org.copick.cli.walk;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.Unreadable;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;

/** Reports read failures on standard error, each once, and lets the walk continue. */
public final class Unread implements Attempts {
    private final PrintWriter err;
    private final Set<String> reported = new HashSet<>();
    private final Unlisted unlisted = new Unlisted();

    /** Reports failures to a writer. */
    public Unread(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void attempt(String location, Runnable action) {
        try {
            action.run();
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException | OutOfMemoryError e) {
            report(location, e);
        }
    }

    /** Reports a failure that the caller has caught. */
    public void report(String location, Throwable failure) {
        String message = FailureMessage.of(failure);
        String line = Unreadable.line(location, message);
        if (unlisted.isNew(message) && reported.add(line)) {
            err.println("copick: " + line);
        }
    }

    /** Returns the exit status of a command that did everything else: failed if anything was reported. */
    public int status() {
        return reported.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
