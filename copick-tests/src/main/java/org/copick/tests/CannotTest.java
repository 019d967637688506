package org.copick.tests;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kit test could not be carried out: the set-up of the tests is wrong, such as their class path.
 *
 * <p>This says nothing about the promise. The cause is what went wrong.
 */
public final class CannotTest extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotTest(String subject, String promise, Throwable cause) {
        super(
                subject + " cannot be tested for the promise \"" + promise
                        + "\", because the set-up of the tests is wrong: " + cause
                        + (cause instanceof LinkageError ? "; check the test class path" : ""),
                cause);
    }

    /** Returns the error in a chain of causes that no store or backend is to blame for, such as a missing class. */
    static Optional<Throwable> reason(Throwable thrown) {
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof Error && !(cause instanceof AssertionError)) {
                return Optional.of(cause);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
