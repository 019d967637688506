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

/** Reports what a walk could not read on standard error, once each, while the walk goes on. */
public final class Unread implements Attempts {
    private final PrintWriter err;
    private final Set<String> reported = new HashSet<>();
    private final Unlisted unlisted = new Unlisted();

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

    /** Reports a failure that something else has caught. */
    public void report(String location, Throwable failure) {
        String message = FailureMessage.of(failure);
        String line = Unreadable.line(location, message);
        if (unlisted.isNew(message) && reported.add(line)) {
            err.println("copick: " + line);
        }
    }

    /** The exit status of a command that did the rest. */
    public int status() {
        return reported.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
