package org.copick.storage;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Decides whether cached data may still be used. Data is stale as soon as this process has changed anything in the
 * store, as counted by a {@link ChangeFeed}, or when it has reached a maximum age, because others may have changed the
 * store.
 */
public final class Freshness {
    /** The maximum age with which data never becomes too old. */
    public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final ChangeFeed changes;
    private final long maxAge;
    private final LongSupplier clock;

    /**
     * Creates a check that uses {@link System#nanoTime}.
     *
     * @param changes counts the changes that this process makes
     * @param maxAge the age at which data becomes stale, not negative; changes by others may go unnoticed for so long
     */
    public Freshness(ChangeFeed changes, Duration maxAge) {
        this(changes, maxAge, System::nanoTime);
    }

    /**
     * Creates a check that uses the given clock.
     *
     * @param changes counts the changes that this process makes
     * @param maxAge the age at which data becomes stale, not negative; {@link #FOREVER} if age does not matter
     * @param clock returns nanoseconds from an arbitrary origin
     * @throws IllegalArgumentException if the maximum age is negative
     */
    public Freshness(ChangeFeed changes, Duration maxAge, LongSupplier clock) {
        Objects.requireNonNull(changes, "changes");
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("the maximum age must not be negative: " + maxAge);
        }
        this.changes = changes;
        this.maxAge = maxAge.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : maxAge.toNanos();
        this.clock = clock;
    }

    /**
     * The moment at which data was read.
     *
     * @param changes the number of changes before that moment
     * @param nanos the clock's time in nanoseconds
     */
    public record Moment(long changes, long nanos) {}

    /** {@return the present moment} Call this before reading, so that a change during the read makes the data stale. */
    public Moment now() {
        return new Moment(changes.changes(), clock.getAsLong());
    }

    /**
     * {@return whether data read at the given moment may still be used}
     *
     * @param read the moment that {@link #now} returned before the data was read
     */
    public boolean isFresh(Moment read) {
        return read.changes() == changes.changes()
                && (maxAge == Long.MAX_VALUE || clock.getAsLong() - read.nanos() < maxAge);
    }

    @Override
    public String toString() {
        return "at most " + Duration.ofNanos(maxAge) + " old";
    }
}
