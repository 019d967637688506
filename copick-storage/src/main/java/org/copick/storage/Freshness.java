package org.copick.storage;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Tells whether something that was read at a moment may still be shown. It may not once this process has changed anything in
 * the store, which a {@link ChangeFeed} tells, or once it is older than what others may have changed unnoticed.
 */
public final class Freshness {
    /** The greatest age where nothing becomes too old. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final ChangeFeed changes;
    private final long maxAge;
    private final LongSupplier clock;

    /**
     * Uses the clock of this machine.
     *
     * @param changes what this process changes
     * @param maxAge how long others' changes may go unnoticed
     */
    public Freshness(ChangeFeed changes, Duration maxAge) {
        this(changes, maxAge, System::nanoTime);
    }

    /**
     * Uses another clock.
     *
     * @param clock in nanoseconds, from any origin
     */
    public Freshness(ChangeFeed changes, Duration maxAge, LongSupplier clock) {
        Objects.requireNonNull(changes, "changes");
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("an age of " + maxAge);
        }
        this.changes = changes;
        this.maxAge = maxAge.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : maxAge.toNanos();
        this.clock = clock;
    }

    /**
     * A moment at which something was read.
     *
     * @param changes how many changes there were before
     * @param nanos the time by the clock
     */
    public record Moment(long changes, long nanos) {}

    /** Returns the present moment. Ask before reading, so that a change meanwhile counts as one after. */
    public Moment now() {
        return new Moment(changes.changes(), clock.getAsLong());
    }

    /** Whether something that was read at a moment may still be shown. */
    public boolean isFresh(Moment read) {
        return read.changes() == changes.changes()
                && (maxAge == Long.MAX_VALUE || clock.getAsLong() - read.nanos() < maxAge);
    }

    @Override
    public String toString() {
        return "at most " + Duration.ofNanos(maxAge) + " old";
    }
}
