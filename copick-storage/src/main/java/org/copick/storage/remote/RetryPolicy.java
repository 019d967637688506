package org.copick.storage.remote;

import java.time.Duration;

/**
 * Timeouts and maximum attempts for transient failures. Every request ends within a {@linkplain #limit time limit} that
 * grows with the number of transferred bytes, however slowly a service responds.
 *
 * @param connect the maximum time to open a connection
 * @param read the maximum time to wait for the next bytes of a response, which also has
 *     {@link AnswerBody a minimum rate}
 * @param attempts the maximum number of attempts, at least 1
 */
public record RetryPolicy(Duration connect, Duration read, int attempts) {
    /** The default: 5 s to connect, 30 s to read, 6 attempts. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(30), 6);

    private static final Duration SMALL = Duration.ofMinutes(2);
    /** Bytes per second that a request is expected to transfer on average, while others run in parallel. */
    private static final long USUAL_RATE = 256 << 10;
    /** Minimum rate of a response in bytes per second; low enough for 64 parallel requests on a slow connection. */
    private static final long LEAST_RATE = 1 << 10;

    /**
     * {@return the time limit of a request with all its attempts} It is two minutes, or {@code connect} plus
     * {@code read} if that is longer, plus the time that its bytes take at 256 KiB per second.
     *
     * @param bytes the number of bytes that the request transfers
     */
    public Duration limit(long bytes) {
        Duration attempt = connect.plus(read);
        return (attempt.compareTo(SMALL) > 0 ? attempt : SMALL).plusSeconds(bytes / USUAL_RATE);
    }

    /** Returns the time in which a response must have sent {@code bytes}: {@code read} plus 1 s per KiB. */
    Duration answer(long bytes) {
        return read.plusMillis(bytes * 1000 / LEAST_RATE);
    }
}
