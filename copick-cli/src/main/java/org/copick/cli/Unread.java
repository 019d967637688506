package org.copick.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.copick.cli.manifest.Unreadable;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;

/** What a walk could not read: reported on standard error, once each, while the walk goes on. */
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
        } catch (CopickException e) {
            report(location, e);
        }
    }

    private void report(String location, CopickException failure) {
        String message = Main.message(failure);
        String line = Unreadable.line(location, message);
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
