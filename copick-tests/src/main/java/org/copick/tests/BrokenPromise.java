package org.copick.tests;

/** A store or backend does not keep a promise of the kit. The message quotes the promise and says how it was broken. */
public final class BrokenPromise extends AssertionError {
    private static final long serialVersionUID = 1;

    BrokenPromise(String subject, String promise, Throwable how) {
        super(subject + " breaks the promise \"" + promise + "\": " + described(how), how);
    }

    private static String described(Throwable how) {
        return how instanceof AssertionError ? String.valueOf(how.getMessage()) : how.toString();
    }
}
