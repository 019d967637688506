package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.copick.error.CopickException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The promises about resources: a closed store holds none, and repeated calls do not accumulate any. */
interface StoreResourcesContract extends StoreFixture {
    /** Number of repetitions, larger than {@link #TOLERANCE}, so that a leak of one handle for each shows. */
    int TIMES = 30;

    /** Number of threads and handles that the JVM may open meanwhile for itself. */
    int TOLERANCE = 20;

    /**
     * Tests that a closed store holds no thread and no file handle.
     *
     * @throws Exception if the promise is broken or a thread fails
     */
    @Promise("a closed store holds no thread and no file handle")
    default void aClosedStoreHoldsNothing() throws Exception {
        put("folder/object", "content");
        useAll(store());
        Held before = Held.now();
        for (int i = 0; i < TIMES; i++) {
            try (ObjectStore opened = place().open()) {
                useAll(opened);
            }
        }
        before.assertNotMuchMore("after " + TIMES + " stores were opened, used and closed");
    }

    /**
     * Tests that calls leak no thread and no file handle, even if they fail.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    @Promise("calls leak no thread and no file handle, even if they fail")
    default void callsLeaveNothingBehind() throws InterruptedException {
        put("folder/object", "content");
        useAll(store());
        Held before = Held.now();
        for (int i = 0; i < TIMES; i++) {
            useAll(store());
        }
        before.assertNotMuchMore("after every call was made " + TIMES + " times");
    }

    /** Makes calls of every kind, some of which fail as expected. */
    private void useAll(ObjectStore used) {
        List<Runnable> calls = List.of(
                () -> used.read("folder/object"),
                () -> used.read("missing"),
                () -> used.readRanges("folder/object", List.of(ByteRange.of(1, 2), ByteRange.last(1)), null),
                () -> used.readRanges("folder/object", List.of(ByteRange.of(0, 1)), new Version("another")),
                () -> used.info("folder/object"),
                () -> used.list("", null, 1),
                () -> used.listFolder("folder/"),
                () -> used.holds("folder/"),
                () -> used.write("folder/object", StoreFixture.bytes("content"), WriteCondition.ANY),
                () -> used.write("folder/object", new byte[0], WriteCondition.IF_ABSENT),
                () -> used.write("folder/object", new byte[0], WriteCondition.ifVersion(new Version("another"))),
                () -> used.delete("missing"),
                () -> used.deletePrefix("missing/"));
        for (Runnable call : calls) {
            try {
                call.run();
            } catch (CopickException e) {
                // expected for some of the calls
            }
        }
        if (can(StoreCapability.WRITE)) {
            used.write("short/lived", new byte[1], WriteCondition.ANY);
            used.deletePrefix("short/");
        }
    }

    /** The number of file handles and threads of this process. */
    record Held(long handles, int threads) {
        static Held now() {
            long handles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    ? system.getOpenFileDescriptorCount()
                    : 0;
            return new Held(handles, Thread.activeCount());
        }

        /** Fails unless the numbers return close to these; waits, since threads and handles may be released late. */
        void assertNotMuchMore(String when) throws InterruptedException {
            Held now = now();
            for (int i = 0; i < 150 && now.isMuchMore(this); i++) {
                Thread.sleep(20);
                now = now();
            }
            Held last = now;
            assertTrue(!last.isMuchMore(this), () -> when + " there are " + last + " instead of " + this);
        }

        private boolean isMuchMore(Held before) {
            return handles > before.handles + TOLERANCE || threads > before.threads + TOLERANCE;
        }
    }
}
