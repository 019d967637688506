package org.copick.layout;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.storage.ChangeFeed;
import org.copick.storage.Freshness;
import org.copick.storage.ObjectInfo;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;

/**
 * Lists and changes one store in several threads at once.
 *
 * <p>A result may be older than a change that is still running, but must show every change that ended before the
 * request. This is weaker than linearizability, which results from memory do not promise.
 */
class ListingPrefetcherStressTest {
    /** The number of rounds, each with a new store and some hundred operations. Nightly builds run more. */
    private static final int ROUNDS = Integer.getInteger("copick.stress.rounds", 500);

    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int HELPERS = 2;
    private static final int CHANGES = 60;
    private static final List<String> RUNS = List.of("A", "B", "C", "D");
    private static final List<String> NAMES = List.of(
            "Picks/o_u_1.json", "Picks/p_u_1.json", "VoxelSpacing10.000/wbp.zarr/zarr.json", "VoxelSpacing10.000/x");

    @Test
    void everyEndedChangeIsSeen() throws Exception {
        long seed = System.nanoTime();
        System.out.println("listing state, seed " + seed);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS + HELPERS);
        try {
            Random random = new Random(seed);
            for (int round = 0; round < ROUNDS; round++) {
                round(threads, random.nextLong(), "round " + round + " of seed " + seed);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void round(ExecutorService threads, long seed, String what) throws Exception {
        Random random = new Random(seed);
        Set<StoreCapability> capabilities = EnumSet.of(StoreCapability.WRITE, StoreCapability.FLAT_LISTING);
        if (random.nextBoolean()) {
            capabilities.add(StoreCapability.SEEK_LISTING);
        }
        // with pages of a few keys, several are read at the same time
        SortedStore sorted = new SortedStore(capabilities, random.nextBoolean() ? 1 + random.nextInt(3) : 1000);
        List<KeyHistory> histories = new ArrayList<>();
        AtomicLong time = new AtomicLong();
        for (String run : RUNS) {
            // an object that is always present makes the runs large enough for a page
            sorted.write(Layout.RUNS + run + "/z", new byte[0], WriteCondition.ANY);
            for (String name : NAMES) {
                histories.add(new KeyHistory(Layout.RUNS + run + "/" + name, time));
            }
        }
        WatchedStore store = new WatchedStore(sorted);
        ListingPrefetcher ahead =
                new ListingPrefetcher(store, new Freshness(store.changes(), Duration.ofSeconds(30)), threads);
        ahead.listFolder(Layout.RUNS);
        CyclicBarrier start = new CyclicBarrier(WRITERS + READERS);
        List<Future<?>> ends = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int mine = writer;
            long own = random.nextLong();
            ends.add(threads.submit(() -> {
                start.await();
                change(ahead, store, histories, mine, new Random(own));
                return null;
            }));
        }
        for (int reader = 0; reader < READERS; reader++) {
            long own = random.nextLong();
            ends.add(threads.submit(() -> {
                start.await();
                look(ahead, histories, new Random(own), what);
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    /** Changes keys at random. Each key has one writer, which records its states. */
    private static void change(
            ListingPrefetcher ahead, WatchedStore store, List<KeyHistory> histories, int writer, Random random) {
        for (int i = 0; i < CHANGES; i++) {
            KeyHistory history = histories.get(WRITERS * random.nextInt(histories.size() / WRITERS) + writer);
            if (random.nextInt(3) == 0) {
                history.change(0, () -> store.delete(history.key()));
            } else {
                int size = 1 + random.nextInt(100);
                history.change(size, () -> store.write(history.key(), new byte[size], WriteCondition.ANY));
            }
            if (random.nextInt(4) == 0) {
                String wrong = see(ahead, history, random.nextInt(4));
                assertTrue(wrong.isEmpty(), wrong);
            }
        }
    }

    private static void look(ListingPrefetcher ahead, List<KeyHistory> histories, Random random, String what) {
        for (int i = 0; i < 2 * CHANGES; i++) {
            KeyHistory history = histories.get(random.nextInt(histories.size()));
            int way = random.nextInt(4);
            String wrong = see(ahead, history, way);
            assertTrue(wrong.isEmpty(), () -> what + ", way " + way + ": " + wrong);
        }
    }

    /** Reads one key in one of four ways. Returns what is wrong with the result, or an empty string. */
    private static String see(ListingPrefetcher ahead, KeyHistory history, int way) {
        String key = history.key();
        String hierarchy = KeyRange.hierarchyOf(key);
        boolean chunked = hierarchy != null;
        String folder = hierarchy != null ? hierarchy : key.substring(0, key.lastIndexOf('/') + 1);
        String above = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
        long asked = history.now();
        if (way == 0 && !chunked) {
            int size = ahead.listFolder(folder).objects().stream()
                    .filter(object -> object.key().equals(key))
                    .mapToInt(object -> (int) object.size())
                    .findFirst()
                    .orElse(0);
            return history.wrong(asked, size);
        }
        if (way == 1 && chunked) {
            return history.wrongPresence(
                    asked, ahead.listFolder(above).prefixes().contains(folder));
        }
        if (way == 2) {
            return history.wrong(
                    asked, ahead.info(key).map(ObjectInfo::size).orElse(0L).intValue());
        }
        if (way == 3 && chunked) {
            return history.wrongPresence(asked, ahead.holds(folder));
        }
        return history.wrong(
                asked, ahead.read(key).map(object -> object.bytes().length).orElse(0));
    }

    @Test
    void theCheckFindsStaleAnswers() {
        SortedStore sorted = new SortedStore(EnumSet.of(StoreCapability.WRITE, StoreCapability.FLAT_LISTING));
        KeyHistory history = new KeyHistory(Layout.RUNS + "A/Picks/o_u_1.json", new AtomicLong());
        sorted.write(Layout.RUNS + "A/z", "z".getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        // the feed is never notified of changes, so answers become stale
        ListingPrefetcher ahead =
                new ListingPrefetcher(sorted, new Freshness(new ChangeFeed(), Freshness.FOREVER), null);
        ahead.listFolder(Layout.RUNS);
        assertTrue(see(ahead, history, 0).isEmpty());
        history.change(7, () -> sorted.write(history.key(), new byte[7], WriteCondition.ANY));
        assertTrue(see(ahead, history, 0).contains("0"));
    }
}
