package org.copick.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.storage.Freshness.Moment;
import org.junit.jupiter.api.Test;

final class FreshnessTest {
    private final ChangeFeed changes = new ChangeFeed();
    /** Starts shortly before the overflow, because {@link System#nanoTime} may overflow. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    private Freshness upTo(Duration maxAge) {
        return new Freshness(changes, maxAge, clock::get);
    }

    @Test
    void whatWasReadIsFreshUntilItIsTooOld() {
        Freshness freshness = upTo(Duration.ofNanos(10));
        Moment read = freshness.now();
        clock.addAndGet(9);
        assertTrue(freshness.isFresh(read));
        clock.addAndGet(1);
        assertFalse(freshness.isFresh(read));
        assertTrue(freshness.isFresh(freshness.now()));
    }

    @Test
    void whatWasReadBeforeAChangeIsNotFresh() {
        Freshness freshness = upTo(Freshness.FOREVER);
        Moment read = freshness.now();
        changes.changed("a");
        assertFalse(freshness.isFresh(read));
        read = freshness.now();
        changes.allChanged();
        assertFalse(freshness.isFresh(read));
    }

    @Test
    void nothingIsEverTooOldForForever() {
        Freshness freshness = upTo(Freshness.FOREVER);
        Moment read = freshness.now();
        clock.addAndGet(Duration.ofDays(365 * 250).toNanos());
        assertTrue(freshness.isFresh(read));
    }

    @Test
    void nothingIsFreshForNoTime() {
        Freshness freshness = upTo(Duration.ZERO);
        assertFalse(freshness.isFresh(freshness.now()));
    }

    @Test
    void anAgeIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> upTo(Duration.ofNanos(-1)));
    }

    @Test
    void changesAreCountedByKey() {
        long before = changes.changes("a");
        changes.changed("b");
        assertEquals(before, changes.changes("a"));
        changes.changed("a");
        assertEquals(before + 1, changes.changes("a"));
        changes.allChanged();
        assertEquals(before + 2, changes.changes("a"));
        assertEquals(3, changes.changes());
    }
}
