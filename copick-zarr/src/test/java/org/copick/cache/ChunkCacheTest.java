package org.copick.cache;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A failed lookup leaves no entry that other threads would wait for. */
class ChunkCacheTest {
    @Test
    void aLookupThatRunsOutOfMemoryLeavesNoPromise() {
        boolean failed = true;
        for (int step = 0; failed; step++) {
            ChunkCache cache = ChunkCache.ofBytes(1 << 20);
            FailingKey key = new FailingKey();
            key.left = step;
            failed = false;
            try {
                cache.lookup(key, Elements.class);
            } catch (OutOfMemoryError e) {
                failed = true;
            }
            key.left = Integer.MAX_VALUE;
            if (failed) {
                Lookup<Elements> next = cache.lookup(key, Elements.class);
                assertInstanceOf(Lookup.Claimed.class, next, "after a failure in step " + step);
            } else {
                assertTrue(step > 0, "steps that can fail");
            }
        }
    }

    @Test
    void aFailureIsToldOnceToEachAndNotKept() {
        ChunkCache cache = ChunkCache.ofBytes(1 << 20);
        Lookup.Claimed<Elements> first = claimed(cache);
        List<Lookup.Outcome<Elements>> told = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Lookup<Elements> pending = cache.lookup("key", Elements.class);
            assertInstanceOf(Lookup.Pending.class, pending);
            if (pending instanceof Lookup.Pending<Elements> waiting) {
                waiting.waiting().whenDone(told::add);
            }
        }
        StackOverflowError error = new StackOverflowError();
        first.claim().fail(error);
        first.claim().fail(new OutOfMemoryError());
        first.claim().complete(new Elements(new byte[1]));

        assertTrue(told.size() == 2, told::toString);
        told.forEach(outcome -> assertSame(error, outcome.failure()));
        claimed(cache).claim().complete(new Elements(new byte[1]));
        assertInstanceOf(Lookup.Held.class, cache.lookup("key", Elements.class));
    }

    @Test
    void aFailureLeavesTheClaimOfAnotherLoader() {
        ChunkCache cache = ChunkCache.ofBytes(1 << 20);
        Lookup.Claimed<Elements> former = claimed(cache);
        cache.forget("key");
        Lookup.Claimed<Elements> present = claimed(cache);

        former.claim().fail(new StackOverflowError());

        assertInstanceOf(Lookup.Pending.class, cache.lookup("key", Elements.class));
        present.claim().complete(new Elements(new byte[1]));
        assertInstanceOf(Lookup.Held.class, cache.lookup("key", Elements.class));
    }

    @Test
    void anEntryThatIsLargerThanTheCacheGoesAtOnce() {
        ChunkCache cache = ChunkCache.ofBytes(1000);

        claimed(cache).claim().complete(new Elements(new byte[2000]));

        assertInstanceOf(Lookup.Claimed.class, cache.lookup("key", Elements.class));
    }

    private static Lookup.Claimed<Elements> claimed(ChunkCache cache) {
        if (cache.lookup("key", Elements.class) instanceof Lookup.Claimed<Elements> claimed) {
            return claimed;
        }
        throw new AssertionError("somebody else has it");
    }

    /** A key whose {@code hashCode} fails after {@code left} calls. */
    private static final class FailingKey {
        private int left;

        @Override
        public int hashCode() {
            if (left-- == 0) {
                throw new OutOfMemoryError("as asked");
            }
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }
}
