package org.copick.storage.remote;

import java.time.Duration;

/**
 * Timeouts and maximum attempts for transient failures. Every request ends within a {@linkplain #limit bound} that grows with
 * the bytes that it moves, however slowly a service answers.
 *
 * @param connect for a connection
 * @param read for the next bytes of an answer, which besides come at {@link AnswerBody a least rate}
 * @param attempts how often a request is made in all, at least once
 */
public record RetryPolicy(Duration connect, Duration read, int attempts) {
    /** Where nothing else is asked for: five seconds, thirty seconds, six attempts. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(30), 6);

    private static final Duration SMALL = Duration.ofMinutes(2);
    /** The bytes a second that a request is expected to move on average, together with others. */
    private static final long USUAL_RATE = 256 << 10;
    /** The bytes a second below which an answer is given up: 64 at once still get along with a slow connection. */
    private static final long LEAST_RATE = 1 << 10;

    /**
     * How long a request that moves this many bytes may take in all, with all attempts: two minutes, or as long as one attempt
     * may wait where that is more, and what the bytes take at 256 KiB a second.
     */
    public Duration limit(long bytes) {
        Duration attempt = connect.plus(read);
        return (attempt.compareTo(SMALL) > 0 ? attempt : SMALL).plusSeconds(bytes / USUAL_RATE);
    }

    /** How long these bytes of one answer may take: as long as the next ones may, and what they take at 1 KiB a second. */
    Duration answer(long bytes) {
        return read.plusMillis(bytes * 1000 / LEAST_RATE);
    }
}
