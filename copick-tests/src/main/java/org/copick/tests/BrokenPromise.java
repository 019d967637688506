package org.copick.tests;

/**
 * A failure of a kit test: the tested store or backend breaks a promise. The message quotes the promise and says how.
 */
public final class BrokenPromise extends AssertionError {
    private static final long serialVersionUID = 1;

    BrokenPromise(String subject, String promise, Throwable how) {
        super(subject + " breaks the promise \"" + promise + "\": " + described(how), how);
    }

    private static String described(Throwable how) {
        return how instanceof AssertionError ? String.valueOf(how.getMessage()) : how.toString();
    }
}
