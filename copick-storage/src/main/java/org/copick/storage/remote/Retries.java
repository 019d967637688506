package org.copick.storage.remote;

import java.io.InterruptedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Retries requests after transient failures, for clients that do not retry by themselves. The wait is a random part of
 * a time that doubles with each attempt, so that clients that failed together do not retry together. Use it inside a
 * request of {@link Requests}; cancelling the request ends the wait.
 */
public final class Retries {
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private Retries() {}

    /**
     * A request that may be sent several times.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * Sends the request.
         *
         * @param number the number of this attempt, counted from 1
         * @return the result of the request
         * @throws Exception if the attempt fails; {@link Verdict} decides whether another one follows
         */
        T run(int number) throws Exception;
    }

    /** Decides whether another attempt can help after a failure. */
    @FunctionalInterface
    public interface Verdict {
        /**
         * {@return the minimum time to wait before another attempt; empty if another attempt cannot help}
         *
         * @param failure the failure of an attempt
         */
        Optional<Duration> wait(Exception failure);
    }

    /**
     * Sends a request until it succeeds, or another attempt cannot help.
     *
     * @param <T> the result
     * @param attempts the maximum number of attempts, at least 1
     * @param verdict decides about another attempt; not called after the last one
     * @param attempt sends the request
     * @return the result of the first successful attempt
     * @throws Exception the failure of the last attempt, or an {@link InterruptedIOException} if the thread is
     *     interrupted while it waits
     */
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

    /**
     * {@return the wait that a header {@code Retry-After} asks for, in seconds or until a date; zero without a valid
     * value}
     *
     * @param header the header's value, or null if there is none
     */
    public static Duration after(@Nullable String header) {
        String value = header == null ? "" : header.strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Duration.ofSeconds(Math.min(Long.parseLong(value), 3600));
            }
            Duration until = value.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException | NumberFormatException e) {
            return Duration.ZERO; // the doubling waits are good enough
        }
    }

    /**
     * Returns the milliseconds to wait after a number of failed attempts. This is {@code least}, but no more than 10 s,
     * plus a random time.
     */
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
