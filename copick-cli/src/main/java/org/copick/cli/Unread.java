package org.copick.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;

/** Reports what a walk could not read on standard error, once each, while the walk goes on. */
final class Unread implements Attempts {
    private final PrintWriter err;
    private final Set<String> reported = new HashSet<>();

    Unread(PrintWriter err) {
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

    private void report(String location, Throwable failure) {
        String message = Main.message(failure);
        String line = message.contains(location) ? message : "cannot read " + location + ": " + message;
        if (!isWithin(location, message, reported) && reported.add(line)) {
            err.println("copick: " + line);
        }
    }

    /** Whether a failure is of something in a folder that failed itself. */
    static boolean isWithin(String location, String message, Collection<String> earlier) {
        return message.contains(location + "/") && earlier.stream().anyMatch(line -> line.contains(location + ":"));
    }

    /** The exit status of a command that did the rest. */
    int status() {
        return reported.isEmpty() ? Main.DONE : Main.FAILED;
    }
}
