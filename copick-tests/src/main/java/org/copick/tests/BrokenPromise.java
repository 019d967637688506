package org.copick.tests;

import java.util.concurrent.ExecutionException;

/**
 * A failure of a kit test: the tested store or backend breaks a promise.
 *
 * <p>The message quotes the promise, says what was expected and what came, and shows the last calls with their
 * arguments.
 */
public final class BrokenPromise extends AssertionError {
    private static final long serialVersionUID = 1;

    BrokenPromise(String subject, String promise, Throwable how) {
        super(subject + " breaks the promise \"" + promise + "\": " + described(how), how);
    }

    private static String described(Throwable thrown) {
        Throwable how = thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String text = how instanceof AssertionError ? String.valueOf(how.getMessage()) : how.toString();
        return how instanceof InThread ? text : text + RecordedCalls.shown(how);
    }

    /** A failure in a thread of a test, with the calls of that thread. */
    static final class InThread extends AssertionError {
        private static final long serialVersionUID = 1;

        InThread(Throwable how) {
            super(described(how), how);
        }
    }
}
