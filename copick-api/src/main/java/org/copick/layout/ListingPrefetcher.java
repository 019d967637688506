package org.copick.layout;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.internal.threads.SideBySide;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardingStore;
import org.copick.storage.Freshness;
import org.copick.storage.Freshness.Moment;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Answers prefix listings within runs from prefetched pages of all keys.
 *
 * <p>A caller that goes through run after run needs one request for each thousand keys instead of several for each
 * run. If the store can start a listing anywhere, prefetching skips the contents of Zarr hierarchies, and reads up to 16
 * parts of the keys at the same time once the caller has used four pages.
 *
 * <p>The first listing within a run goes directly to the store, so that looking at one entity costs no more than
 * without prefetching. If that run is the first in the listing of runs, a page of all keys is fetched instead.
 * Prefetched answers are never older than the last change through this backend, or than {@link Freshness} allows. If
 * pages contain hardly anything but chunks, prefixes are listed one by one again.
 */
final class ListingPrefetcher extends ForwardingStore {
    private final ObjectStore store;
    private final Freshness freshness;
    private final boolean seeks;
    /** Runs requests beside the calling thread, or null to make one after the other. */
    private final @Nullable Executor helpers;
    /** Held while pages are read, because the pages of a sequence depend on each other; acquired before the monitor. */
    private final InterruptibleLock fetching = new InterruptibleLock();

    /** Replaced, never cleared: pages requested before a change are then added to discarded listings. */
    @GuardedBy("this") private PrefetchedListings listings = new PrefetchedListings();

    @GuardedBy("this") private Paging paging = new Paging.Unasked(true);

    @GuardedBy("this") private RunOrder order = RunOrder.UNKNOWN;

    /** The moment at which the listings were started. */
    @GuardedBy("this") private Moment since;

    /** Prefetches from a store. Answers are used as long as they are fresh. */
    ListingPrefetcher(ObjectStore store, Freshness freshness, @Nullable Executor helpers) {
        super(store);
        this.store = store;
        this.freshness = freshness;
        this.seeks = store.can(StoreCapability.SEEK_LISTING);
        this.helpers = seeks ? helpers : null;
        this.since = freshness.now();
    }

    @Override
    public FolderListing listFolder(String prefix) {
        if (!isWithinRun(prefix)) {
            FolderListing level = direct(prefix);
            if (prefix.equals(Layout.RUNS)) {
                learnOrder(level);
            }
            return level;
        }
        Optional<FolderListing> known = known(prefix);
        if (known.isPresent()) {
            return known.get();
        }
        boolean first = isFirst();
        if (first && !isInFirstOfListedRuns(prefix)) {
            return direct(prefix);
        }
        fetching.take("cannot list " + store.location() + ": interrupted");
        try {
            known = known(prefix);
            if (known.isEmpty()) {
                readAhead(prefix, first ? 1 : Paging.PAGES_FOR_ONE_ANSWER);
                known = known(prefix);
            }
        } finally {
            fetching.unlock();
        }
        return known.isPresent() ? known.get() : direct(prefix);
    }

    /** Returns whether a prefix holds keys. In a run without a page yet, its first page is read. */
    @Override
    public boolean holds(String prefix) {
        String hierarchy = KeyRange.hierarchyOf(prefix);
        boolean isWithinHierarchy = hierarchy != null && !hierarchy.equals(prefix);
        if (!prefix.startsWith(Layout.RUNS) || prefix.length() == Layout.RUNS.length() || isWithinHierarchy) {
            return store.holds(prefix);
        }
        Optional<Boolean> known = knowsOf(prefix);
        // while another thread reads a page, this prefix is checked with a request for it alone
        if (known.isEmpty() && fetching.tryLock()) {
            try {
                known = knowsOf(prefix);
                if (known.isEmpty()) {
                    readRun(prefix);
                    known = knowsOf(prefix);
                }
            } finally {
                fetching.unlock();
            }
        }
        // pages of keys do not show empty folders
        boolean isCertain = known.isPresent() && (known.get() || !store.can(StoreCapability.FOLDERS));
        return isCertain ? known.get() : store.holds(prefix);
    }

    /** Reads an object. Skips the request for metadata of one Zarr version if the hierarchy only has the other. */
    @Override
    public Optional<StoredObject> read(String key) {
        String hierarchy = KeyRange.hierarchyOf(key);
        if (hierarchy != null && KeyRange.zarrVersion(key) != 0) {
            synchronized (this) {
                if (current().isOfOtherVersion(hierarchy, key)) {
                    return Optional.empty();
                }
            }
        }
        return store.read(key);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        if (KeyRange.hierarchyOf(key) != null) {
            // cached chunks are validated against what is stored now
            return store.info(key);
        }
        Optional<List<ObjectInfo>> known;
        synchronized (this) {
            known = current().info(key);
        }
        return known.isPresent() ? known.get().stream().findFirst() : store.info(key);
    }

    /** Does nothing, because the store has other users. */
    @Override
    public void close() {}

    private synchronized Optional<FolderListing> known(String prefix) {
        return current().folder(prefix);
    }

    private synchronized Optional<Boolean> knowsOf(String prefix) {
        return current().holds(prefix);
    }

    private synchronized boolean isFirst() {
        boolean first = paging instanceof Paging.Unasked;
        paging = paging.asked();
        return first;
    }

    /**
     * Returns whether a prefix is in the first listed run. A caller that opens that run will probably open them all.
     */
    private synchronized boolean isInFirstOfListedRuns(String prefix) {
        return order.isKnown() && order.position(runOf(prefix)) == 0;
    }

    private synchronized void learnOrder(FolderListing runs) {
        order = RunOrder.of(runs);
    }

    private FolderListing direct(String prefix) {
        if (KeyRange.hierarchyOf(prefix) != null) {
            return store.listFolder(prefix);
        }
        PrefetchedListings before = before();
        FolderListing level = store.listFolder(prefix);
        synchronized (this) {
            before.keep(prefix, level);
        }
        return level;
    }

    private void readAhead(String prefix, int mostPages) {
        Optional<KeyRange> sequence = sequenceTo(runOf(prefix));
        if (sequence.isEmpty()) {
            readRun(prefix);
            return;
        }
        KeyRange range = sequence.get();
        for (int i = 0; i < mostPages && range.end() != null && !range.coversAllBelow(prefix); i++) {
            goOn(range);
        }
    }

    /** Reads the first page of all keys in the run that contains a prefix. */
    private void readRun(String prefix) {
        String run = runOf(prefix);
        PrefetchedListings before = before();
        synchronized (this) {
            if (!before.beginsRun(run)) {
                return;
            }
        }
        KeyRange range = new KeyRange(run);
        range.add(store.list(run, null, KeyRange.PAGE));
        range.endWith(run);
        synchronized (this) {
            before.keep(range);
        }
    }

    /**
     * Returns the sequence to continue for this run.
     *
     * <p>Empty if sequential paging does not pay, or if the caller does not go from run to run.
     */
    private synchronized Optional<KeyRange> sequenceTo(String run) {
        Paging before = paging;
        paging = before.towards(run, order, seeks);
        if (!(paging instanceof Paging.Sequence sequence)) {
            return Optional.empty();
        }
        if (paging != before) {
            listings.keep(sequence.range());
        }
        return sequence.continuesTo(run, order) ? Optional.of(sequence.range()) : Optional.empty();
    }

    private void goOn(KeyRange range) {
        Executor beside = helpers;
        List<RunSegment> segments = beside == null ? List.of() : segmentsAfter(range);
        if (beside != null && !segments.isEmpty()) {
            PrefetchedListings before = before();
            SideBySide.run(segments, segments.size(), beside, "listing " + store.location());
            synchronized (this) {
                segments.forEach(segment -> append(range, segment.range(), before));
            }
            return;
        }
        ListPage page = store.list(Layout.RUNS, range.after(), KeyRange.PAGE);
        synchronized (this) {
            range.addPage(page, seeks);
            paging = paging.pageAdded(range, order);
        }
    }

    private synchronized List<RunSegment> segmentsAfter(KeyRange range) {
        return RunSegment.after(range, order, store);
    }

    @GuardedBy("this") private void append(KeyRange range, KeyRange segment, PrefetchedListings before) {
        if (!range.append(segment)) {
            before.keep(segment);
            return;
        }
        for (int page = 0; page < segment.pages(); page++) {
            paging = paging.pageAdded(range, order);
        }
    }

    /**
     * Returns what is known before a request. The answer is added to it, and is thereby discarded if something changed
     * meanwhile.
     */
    private synchronized PrefetchedListings before() {
        return current();
    }

    /** Returns the listings, after discarding them if they are no longer fresh. */
    @GuardedBy("this") private PrefetchedListings current() {
        if (!freshness.isFresh(since)) {
            listings = new PrefetchedListings();
            paging = paging.renewed();
            since = freshness.now();
        }
        return listings;
    }

    private static String runOf(String prefix) {
        return prefix.substring(0, prefix.indexOf('/', Layout.RUNS.length()) + 1);
    }

    private static boolean isWithinRun(String prefix) {
        return prefix.startsWith(Layout.RUNS)
                && prefix.length() > Layout.RUNS.length()
                && KeyRange.hierarchyOf(prefix) == null;
    }
}
