package org.copick.cache;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.copick.cache.Lookup.Outcome;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Concurrent loads, failures, lookups and removals have results that some sequence of calls by one thread would also
 * have. {@code copick.lincheck.scenarios} sets the number of scenarios, and also enables tests that switch threads at
 * every access to shared memory.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:1")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class ChunkCacheLinearizabilityTest {
    private static final int SCENARIOS = Integer.getInteger("copick.lincheck.scenarios", 10);

    private final ChunkCache cache = ChunkCache.ofBytes(1 << 20);

    /** Loads like a read: caches the value, and retries if another load failed. */
    @Operation
    public int load(@Param(name = "key") int key, @Param(name = "value") int value) {
        for (; ; ) {
            Lookup<Value> found = cache.lookup(key, Value.class);
            if (found instanceof Lookup.Held<Value> held) {
                return held.value().number();
            }
            if (found instanceof Lookup.Claimed<Value> claimed) {
                loading();
                claimed.claim().complete(new Value(value, 8));
                claimed.claim().fail(new OutOfMemoryError("after it was done"));
                return value;
            }
            Outcome<Value> outcome = ended(found);
            if (outcome.value() != null) {
                return outcome.value().number();
            }
        }
    }

    /** A load that fails with an error, if there is something to load. */
    @Operation
    public int failing(@Param(name = "key") int key) {
        Lookup<Value> found = cache.lookup(key, Value.class);
        if (found instanceof Lookup.Held<Value> held) {
            return held.value().number();
        }
        if (found instanceof Lookup.Claimed<Value> claimed) {
            loading();
            claimed.claim().fail(new OutOfMemoryError("as asked"));
            return 0;
        }
        Outcome<Value> outcome = ended(found);
        return outcome.value() == null ? 0 : outcome.value().number();
    }

    @Operation
    public int peek(@Param(name = "key") int key) {
        return cache.peek(key, Value.class).map(Value::number).orElse(0);
    }

    @Operation
    public void forget(@Param(name = "key") int key) {
        cache.forget(key);
    }

    /** Takes time, as loads do, so that other threads run in between. */
    private static void loading() {
        LockSupport.parkNanos(10_000);
    }

    private static Outcome<Value> ended(Lookup<Value> found) {
        CompletableFuture<Outcome<Value>> ended = new CompletableFuture<>();
        ((Lookup.Pending<Value>) found).waiting().whenDone(ended::complete);
        return ended.join();
    }

    @Test
    void threadsThatRunSideBySideSeeAnOrder() {
        new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(OneThread.class)
                .check(ChunkCacheLinearizabilityTest.class);
    }

    @Test
    @EnabledIfSystemProperty(named = "copick.lincheck.scenarios", matches = "[0-9]+", disabledReason = "takes minutes")
    void threadsThatAreSwitchedAnywhereSeeAnOrder() {
        new ModelCheckingOptions()
                .iterations(SCENARIOS / 10)
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(OneThread.class)
                .check(ChunkCacheLinearizabilityTest.class);
    }

    @Test
    void atRestItKeepsNoMoreThanItMay() throws Exception {
        ChunkCache small = ChunkCache.ofBytes(50 * 1000);
        long seed = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 5000; n++) {
                    int key = random.nextInt(200);
                    if (small.lookup(key, Value.class) instanceof Lookup.Claimed<Value> claimed) {
                        if (random.nextInt(10) == 0) {
                            claimed.claim().fail(new OutOfMemoryError("as asked"));
                        } else {
                            claimed.claim().complete(new Value(n, 1 + random.nextInt(3000)));
                        }
                    } else if (random.nextInt(10) == 0) {
                        small.forget(key);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        CacheStatistics statistics = small.statistics();
        assertTrue(
                statistics.bytes() > 0 && statistics.bytes() <= small.capacity(), () -> statistics + ", seed " + seed);
        for (int key = 0; key < 200; key++) {
            assertFalse(small.lookup(key, Value.class) instanceof Lookup.Pending, "nobody loads any more");
        }
    }

    /** A value and its size. */
    private record Value(int number, int weight) implements Weighed {}

    /** The behaviour of the cache for a single thread. */
    public static final class OneThread {
        private final Map<Integer, Integer> values = new HashMap<>();

        public int load(int key, int value) {
            return values.computeIfAbsent(key, none -> value);
        }

        public int failing(int key) {
            return values.getOrDefault(key, 0);
        }

        public int peek(int key) {
            return values.getOrDefault(key, 0);
        }

        public void forget(int key) {
            values.remove(key);
        }
    }
}
