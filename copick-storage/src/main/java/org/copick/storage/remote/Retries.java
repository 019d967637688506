package org.copick.storage.remote;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes requests again that failed for reasons which may pass, for clients that do not do it themselves. Waits a random part
 * of a time that doubles, so that many who failed together do not come again together. To be used inside a request of
 * {@link Requests}, whose end also ends the waiting.
 */
public final class Retries {
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private Retries() {}

    /** One attempt. */
    @FunctionalInterface
    public interface Attempt<T> {
        /** Makes the request for the {@code number}-th time, counted from 1. */
        T run(int number) throws Exception;
    }

    /** Decides whether another attempt can help after a failure. */
    @FunctionalInterface
    public interface Verdict {
        /** How long to wait at least before another attempt; empty where none can help. */
        Optional<Duration> wait(Exception failure);
    }

    /** The first result, or the last failure after so many attempts. */
    public static <T> T run(int attempts, Verdict verdict, Attempt<T> attempt) throws Exception {
        for (int number = 1; ; number++) {
            try {
                return attempt.run(number);
            } catch (Exception e) {
                Optional<Duration> least = number < attempts ? verdict.wait(e) : Optional.empty();
                if (least.isEmpty()
                        || Requests.isCancelled()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause(least.get(), number, e);
            }
        }
    }

    /** Returns the milliseconds to wait after so many failed attempts: at least this long, up to a limit, plus a random time. */
    static long wait(Duration least, int failed) {
        long most = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failed - 1, 20));
        return Math.min(LONGEST_WAIT.toMillis(), least.toMillis())
                + ThreadLocalRandom.current().nextLong(most + 1);
    }

    private static void pause(Duration least, int failed, Exception failure) throws InterruptedIOException {
        try {
            Thread.sleep(wait(least, failed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted before another attempt");
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }
}
