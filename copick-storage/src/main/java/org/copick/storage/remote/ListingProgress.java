package org.copick.storage.remote;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Watches that a listing goes on from page to page, so that a service which repeats itself, sends pages without names, or few
 * of them slowly, ends it with an exception. For use by one thread, for one listing.
 */
public final class ListingProgress {
    /** Pages in a row without a name, as services send them when they pass over what was deleted. */
    static final int EMPTY_PAGES = 100;

    /** Time that each name adds to a listing's limit; a page of a thousand names usually takes less than a second. */
    private static final long NAME_MILLIS = 100;

    private static final int ENTRY_BYTES = 200;
    private static final int HEAP_SHARE = 4;

    private final String where;
    private final Duration allowed;
    private final long mostBytes;
    private final LongSupplier clock;
    private @Nullable String last;
    private @Nullable String mark;
    private final long begin;
    private int empty;
    private long count;
    private long bytes;

    /** The listing of a place in a bucket. */
    public ListingProgress(Bucket<?> bucket, String below) {
        this(
                bucket.location(below),
                bucket.retryPolicy().limit(0),
                Runtime.getRuntime().maxMemory() / HEAP_SHARE,
                System::nanoTime);
    }

    /**
     * A listing.
     *
     * @param allowed how long it may take, besides 100 ms for each name
     * @param mostBytes what held names may take
     * @param clock in nanoseconds
     */
    ListingProgress(String where, Duration allowed, long mostBytes, LongSupplier clock) {
        this.where = where;
        this.allowed = allowed;
        this.mostBytes = mostBytes;
        this.clock = clock;
        this.begin = clock.getAsLong();
    }

    /**
     * Takes note of a page.
     *
     * @param names of the objects and prefixes in it, also those that are no keys
     * @param next the service's mark of the page after it; null for none
     * @throws org.copick.error.StorageException when the page does not lead on
     */
    public void page(Collection<String> names, @Nullable String next) {
        String furthest = last;
        for (String name : names) {
            if (furthest == null || isBehind(name, furthest)) {
                furthest = name;
            }
        }
        if (!names.isEmpty() && furthest != null && furthest.equals(last)) {
            throw endless();
        }
        last = furthest;
        empty = names.isEmpty() ? empty + 1 : 0;
        count += names.size();
        if (next == null) {
            return;
        }
        if (empty > EMPTY_PAGES) {
            throw endless();
        }
        Duration taken = Duration.ofNanos(clock.getAsLong() - begin);
        if (taken.compareTo(allowed.plusMillis(count * NAME_MILLIS)) > 0) {
            String what = "only " + count + " names came in " + taken.toSeconds() + " s";
            throw FailureKind.TOO_SLOW.failure("list", where, what, new IllegalStateException(what));
        }
        if (next.equals(mark)) {
            throw endless();
        }
        mark = next;
    }

    /**
     * Takes note of names that the caller holds until the listing is complete.
     *
     * @throws org.copick.error.StorageException when they do not fit into memory
     */
    public void hold(Collection<String> names) {
        names.forEach(name -> bytes += ENTRY_BYTES + 2L * name.length());
        if (bytes > mostBytes) {
            throw strange("what it lists does not fit into the memory of this program");
        }
    }

    /** Whether a name comes after another one, in code-point order or in that of UTF-16, which some services use. */
    static boolean isBehind(String name, String other) {
        return KeyOrder.BY_CODE_POINT.compare(name, other) > 0 || name.compareTo(other) > 0;
    }

    private RuntimeException endless() {
        return strange("it comes to no end");
    }

    private RuntimeException strange(String what) {
        return FailureKind.STRANGE.failure("list", where, what, new IllegalStateException(what));
    }
}
