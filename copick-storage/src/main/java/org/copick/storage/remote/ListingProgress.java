package org.copick.storage.remote;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a listing makes progress from page to page. It throws if a service repeats pages, sends too many empty
 * ones, or sends names too slowly. For use by one thread, for one listing.
 */
public final class ListingProgress {
    /** Maximum number of consecutive empty pages. Services send some when they skip deleted objects. */
    static final int EMPTY_PAGES = 100;

    /** Milliseconds that each name adds to a listing's time limit; 1,000 names usually take less than a second. */
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

    /**
     * Creates a check for one listing, whose time starts now.
     *
     * @param bucket the bucket that is listed
     * @param below the key prefix that is listed, or {@code ""} for the whole store
     */
    public ListingProgress(Bucket<?> bucket, String below) {
        this(
                bucket.location(below),
                bucket.retryPolicy().limit(0),
                Runtime.getRuntime().maxMemory() / HEAP_SHARE,
                System::nanoTime);
    }

    /**
     * Creates a check with the given limits.
     *
     * @param allowed the time limit, to which each name adds 100 ms
     * @param mostBytes the maximum memory for held names
     * @param clock returns nanoseconds
     */
    ListingProgress(String where, Duration allowed, long mostBytes, LongSupplier clock) {
        this.where = where;
        this.allowed = allowed;
        this.mostBytes = mostBytes;
        this.clock = clock;
        this.begin = clock.getAsLong();
    }

    /**
     * Checks a page.
     *
     * @param names the names of its objects and prefixes, including names that are not valid keys
     * @param next the service's token for the next page, or null if this is the last one
     * @throws org.copick.error.StorageException if the listing makes no progress
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
            String what = "received only " + count + " names in " + taken.toSeconds() + " s";
            throw FailureKind.TOO_SLOW.failure("list", where, what, new IllegalStateException(what));
        }
        if (next.equals(mark)) {
            throw endless();
        }
        mark = next;
    }

    /**
     * Counts the names that the caller holds in memory until the listing is complete.
     *
     * @param names the names of a page, in addition to those of earlier calls
     * @throws org.copick.error.StorageException if they do not fit into memory
     */
    public void hold(Collection<String> names) {
        names.forEach(name -> bytes += ENTRY_BYTES + 2L * name.length());
        if (bytes > mostBytes) {
            throw strange("the listed names do not fit into the memory of this program");
        }
    }

    /** Returns whether a name comes after another one, by code points or by UTF-16, which some services order by. */
    static boolean isBehind(String name, String other) {
        return KeyOrder.BY_CODE_POINT.compare(name, other) > 0 || name.compareTo(other) > 0;
    }

    private RuntimeException endless() {
        return strange("it never ends");
    }

    private RuntimeException strange(String what) {
        return FailureKind.STRANGE.failure("list", where, what, new IllegalStateException(what));
    }
}
