package org.copick.layout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.FolderListing;
import org.copick.storage.ForwardingStore;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Answers prefix listings within runs from prefetched pages of all keys. A caller that goes through run after run needs one
 * request for each thousand keys instead of several for each run. Prefetching skips the contents of Zarr hierarchies if the
 * store can begin a listing anywhere.
 *
 * <p>The first listing within a run goes directly to the store, so that looking at one thing costs no more than without
 * prefetching; in the first of the runs listed before, it fetches a page of all keys instead. Answers from memory are never
 * older than {@link #FRESH} or than the last change through the same backend. If pages hold hardly anything but chunks,
 * prefixes are listed one by one again.
 */
final class ListingPrefetcher extends ForwardingStore {
    static final Duration FRESH = Duration.ofSeconds(30);

    private static final int PAGE = 1000;
    private static final int PAGES_FOR_ONE_ANSWER = 8;
    /** More pages than this for a run do not pay. */
    private static final int PAGES_FOR_A_RUN = 4;
    /** Largest gap, in runs, at which a run still continues the current sequence. */
    private static final int NEAR = 2;

    private final ObjectStore store;
    private final LongSupplier changes;
    private final LongSupplier clock;
    private final boolean seeks;
    private final ReentrantLock fetching = new ReentrantLock();

    // guarded by this
    private final List<KeyRange> stretches = new ArrayList<>();
    private final Map<String, FolderListing> levels = new HashMap<>();
    private final Set<String> pagedRuns = new HashSet<>();
    private @Nullable KeyRange sequence;
    private TreeMap<String, Integer> order = new TreeMap<>(KeyOrder.BY_CODE_POINT);
    private boolean runsWereListed;
    private boolean wasAsked;
    private boolean pays = true;
    private int pages;
    private long seen;
    private long since;

    /**
     * Reads ahead in {@code store}.
     *
     * @param changes counts what was changed through it
     * @param clock in nanoseconds
     */
    ListingPrefetcher(ObjectStore store, LongSupplier changes, LongSupplier clock) {
        super(store);
        this.store = store;
        this.changes = changes;
        this.clock = clock;
        this.seeks = store.can(StoreCapability.SEEK_LISTING);
        this.seen = changes.getAsLong();
        this.since = clock.getAsLong();
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
        FolderListing known = known(prefix);
        if (known != null) {
            return known;
        }
        boolean first = isFirst();
        if (first && !isInFirstOfListedRuns(prefix)) {
            return direct(prefix);
        }
        lock();
        try {
            known = known(prefix);
            if (known == null) {
                readAhead(prefix, first ? 1 : PAGES_FOR_ONE_ANSWER);
                known = known(prefix);
            }
        } finally {
            fetching.unlock();
        }
        return known == null ? direct(prefix) : known;
    }

    /** Reads the first page of a run that was not looked at yet. */
    @Override
    public boolean holds(String prefix) {
        String hierarchy = KeyRange.hierarchyOf(prefix);
        boolean isWithinHierarchy = hierarchy != null && !hierarchy.equals(prefix);
        if (!prefix.startsWith(Layout.RUNS) || prefix.length() == Layout.RUNS.length() || isWithinHierarchy) {
            return store.holds(prefix);
        }
        Boolean known = knowsOf(prefix);
        // while a page of another run is on its way this one is looked for by itself
        if (known == null && fetching.tryLock()) {
            try {
                known = knowsOf(prefix);
                if (known == null) {
                    readRun(prefix);
                    known = knowsOf(prefix);
                }
            } finally {
                fetching.unlock();
            }
        }
        // pages of keys do not tell of empty folders
        if (known == null || (!known && store.can(StoreCapability.FOLDERS))) {
            return store.holds(prefix);
        }
        return known;
    }

    private synchronized @Nullable Boolean knowsOf(String prefix) {
        forgetWhatIsOld();
        for (KeyRange stretch : stretches) {
            if (stretch.holds(prefix)) {
                return true;
            }
            if (stretch.coversAllBelow(prefix)) {
                return false;
            }
        }
        return null;
    }

    /** Does not ask for metadata of one version of Zarr where there are only those of the other one. */
    @Override
    public Optional<StoredObject> read(String key) {
        String hierarchy = KeyRange.hierarchyOf(key);
        if (hierarchy != null && KeyRange.zarrVersion(key) != 0) {
            synchronized (this) {
                forgetWhatIsOld();
                if (stretches.stream().anyMatch(stretch -> stretch.isOfOtherVersion(hierarchy, key))) {
                    return Optional.empty();
                }
            }
        }
        return store.read(key);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        if (KeyRange.hierarchyOf(key) != null) {
            // chunks that are held are compared with what is stored now
            return store.info(key);
        }
        synchronized (this) {
            forgetWhatIsOld();
            FolderListing level = levels.get(key.substring(0, key.lastIndexOf('/') + 1));
            if (level != null) {
                return level.objects().stream()
                        .filter(object -> object.key().equals(key))
                        .findFirst();
            }
            for (KeyRange stretch : stretches) {
                if (stretch.covers(key)) {
                    return stretch.info(key);
                }
            }
        }
        return store.info(key);
    }

    /** Others use the store that this one looks at. */
    @Override
    public void close() {}

    private FolderListing direct(String prefix) {
        if (KeyRange.hierarchyOf(prefix) != null) {
            return store.listFolder(prefix);
        }
        long changesBefore;
        synchronized (this) {
            forgetWhatIsOld();
            changesBefore = seen;
        }
        FolderListing level = store.listFolder(prefix);
        synchronized (this) {
            forgetWhatIsOld();
            if (changesBefore == seen) {
                levels.put(prefix, level);
            }
        }
        return level;
    }

    private synchronized void learnOrder(FolderListing runs) {
        TreeMap<String, Integer> positions = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        runs.prefixes().forEach(run -> positions.put(run, positions.size()));
        order = positions;
        runsWereListed = true;
    }

    private synchronized @Nullable FolderListing known(String prefix) {
        forgetWhatIsOld();
        FolderListing level = levels.get(prefix);
        if (level != null) {
            return level;
        }
        for (KeyRange stretch : stretches) {
            if (stretch.coversAllBelow(prefix)) {
                return stretch.level(prefix);
            }
        }
        return null;
    }

    private synchronized boolean isFirst() {
        boolean first = !wasAsked;
        wasAsked = true;
        return first;
    }

    /** Whether a prefix is in the first listed run: a caller that opens that run will probably open them all. */
    private synchronized boolean isInFirstOfListedRuns(String prefix) {
        return runsWereListed && position(runOf(prefix)) == 0;
    }

    private void readAhead(String prefix, int mostPages) {
        KeyRange going;
        synchronized (this) {
            going = sequence(runOf(prefix));
        }
        if (going == null) {
            readRun(prefix);
            return;
        }
        for (int i = 0; i < mostPages && going.end() != null && !going.coversAllBelow(prefix); i++) {
            goOn(going);
        }
    }

    /** The first page of all that is in the run in which a prefix is. */
    private void readRun(String prefix) {
        String run = runOf(prefix);
        long changesBefore;
        synchronized (this) {
            changesBefore = seen;
            if (!pagedRuns.add(run)) {
                return;
            }
        }
        KeyRange ofRun = new KeyRange(run);
        ListPage page = store.list(run, null, PAGE);
        synchronized (this) {
            forgetWhatIsOld();
            if (changesBefore == seen) {
                ofRun.add(page);
                ofRun.endWith(run);
                stretches.add(ofRun);
            }
        }
    }

    private static String runOf(String prefix) {
        return prefix.substring(0, prefix.indexOf('/', Layout.RUNS.length()) + 1);
    }

    /** The stretch to go on with for this run; null where run after run does not pay or is not what is asked for. */
    private @Nullable KeyRange sequence(String run) {
        if (!pays || !runsWereListed) {
            return null;
        }
        int wanted = position(run);
        if (sequence == null) {
            if (wanted > NEAR && !seeks) {
                return null;
            }
            sequence = new KeyRange(wanted > NEAR ? run : Layout.RUNS);
            stretches.add(sequence);
            return sequence;
        }
        String end = sequence.end();
        int distance = end == null ? 0 : wanted - position(end);
        if (distance >= 0 && distance <= NEAR) {
            return sequence;
        }
        if (seeks) {
            sequence = new KeyRange(run);
            stretches.add(sequence);
            return sequence;
        }
        return null;
    }

    private int position(String keyOrRun) {
        Map.Entry<String, Integer> at = order.floorEntry(keyOrRun);
        return at == null ? 0 : at.getValue();
    }

    private void goOn(KeyRange going) {
        ListPage page = store.list(Layout.RUNS, going.after(), PAGE);
        synchronized (this) {
            going.add(page);
            String hierarchy = page.complete() ? null : KeyRange.hierarchyOf(KeyRange.lastKey(page));
            if (hierarchy != null && seeks) {
                going.skip(hierarchy);
            }
            pages++;
            int runs = going.end() == null ? Integer.MAX_VALUE : position(going.end()) + 1;
            if (pages >= PAGES_FOR_ONE_ANSWER && pages / PAGES_FOR_A_RUN > runs) {
                pays = false;
            }
        }
    }

    private synchronized void forgetWhatIsOld() {
        long now = clock.getAsLong();
        long changed = changes.getAsLong();
        if (changed != seen || now - since > FRESH.toNanos()) {
            stretches.clear();
            levels.clear();
            pagedRuns.clear();
            sequence = null;
            pages = 0;
            wasAsked = false;
            seen = changed;
            since = now;
        }
    }

    private static boolean isWithinRun(String prefix) {
        return prefix.startsWith(Layout.RUNS)
                && prefix.length() > Layout.RUNS.length()
                && KeyRange.hierarchyOf(prefix) == null;
    }

    private void lock() {
        try {
            fetching.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("cannot list " + store.location() + ": interrupted", e);
        }
    }
}
