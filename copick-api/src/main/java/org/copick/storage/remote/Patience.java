package org.copick.storage.remote;

import java.time.Duration;

/**
 * How long is waited for a service, and how often it is asked again while what hinders it may pass.
 *
 * @param connect for a connection
 * @param read for the next bytes of an answer
 * @param attempts how often a request is made in all, at least once
 */
public record Patience(Duration connect, Duration read, int attempts) {
    /** Where nothing else is asked for: five seconds, thirty seconds, six attempts. */
    public static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), 6);

    private static final Duration SMALL = Duration.ofMinutes(2);
    /** What a connection is expected to move at least, in bytes a second. */
    private static final long SLOWEST = 256 << 10;

    /** How long a request may take in all, with all attempts, that moves this many bytes: two minutes, and what they take at 256 KiB a second. */
    public static Duration limit(long bytes) {
        return SMALL.plusSeconds(bytes / SLOWEST);
    }
}
