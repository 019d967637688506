package org.copick.tests.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that wrapped stores have exactly the faults that a test injects. */
final class HostileStoresTest {
    private final MemoryStore memory =
            MemoryStore.of(Map.of("a/1", new byte[] {1, 2, 3}, "a/2", new byte[] {4}, "b", new byte[] {5}));
    private final FaultInjectingStore hostile = new FaultInjectingStore(memory);

    @Test
    void aFaultBeforeDoesNothingAndOneAfterDoesIt() {
        hostile.with(Fault.before().on(Kind.WRITE).keys("x"::equals));
        hostile.with(Fault.after().on(Kind.WRITE).keys("y"::equals));
        assertThrows(StorageException.class, () -> hostile.write("x", new byte[1], WriteCondition.ANY));
        assertTrue(memory.info("x").isEmpty());
        StorageException lost =
                assertThrows(StorageException.class, () -> hostile.write("y", new byte[1], WriteCondition.ANY));
        assertTrue(lost.mayBeTransient());
        assertTrue(memory.info("y").isPresent());
        hostile.write("z", new byte[1], WriteCondition.ANY);
        assertEquals(2, hostile.struck());
    }

    @Test
    void onlyTheCallThatWasChosenFails() {
        hostile.with(Fault.before().on(Kind.READ).call(1));
        assertTrue(hostile.read("b").isPresent());
        assertTrue(hostile.info("b").isPresent());
        assertThrows(StorageException.class, () -> hostile.read("b"));
        assertTrue(hostile.read("b").isPresent());
    }

    @Test
    void throttlingEndsAfterAsManyCallsAsWanted() {
        hostile.with(Fault.throttled().times(2));
        assertTrue(assertThrows(StorageException.class, () -> hostile.read("b")).mayBeTransient());
        assertTrue(assertThrows(StorageException.class, () -> hostile.list("", null, 1))
                .mayBeTransient());
        assertTrue(hostile.read("b").isPresent());
    }

    @Test
    void halfADeletionDeletesHalf() {
        hostile.with(Fault.halfway());
        assertThrows(StorageException.class, () -> hostile.deletePrefix("a/"));
        assertEquals(1, memory.list("a/", null, 9).objects().size());
        assertThrows(StorageException.class, () -> hostile.deleteAll(List.of("b", "a/1")));
        assertTrue(memory.info("b").isEmpty() && memory.info("a/1").isPresent());
        assertThrows(StorageException.class, () -> hostile.write("x", new byte[1], WriteCondition.ANY));
        assertTrue(memory.info("x").isEmpty());
    }

    @Test
    void readsAreDamagedAsWanted() {
        hostile.with(Fault.shortRead(2).on(Kind.READ));
        assertArrayEquals(new byte[] {1}, hostile.read("a/1").orElseThrow().bytes());
        hostile.heal();
        assertArrayEquals(
                new byte[] {1, 2, 3}, hostile.read("a/1").orElseThrow().bytes());
        hostile.with(Fault.bitFlip(9));
        assertArrayEquals(
                new byte[] {1, 0, 3}, hostile.read("a/1").orElseThrow().bytes());
        assertArrayEquals(
                new byte[] {2, 1},
                hostile.readRanges("a/1", List.of(ByteRange.of(1, 2)), null)
                        .orElseThrow()
                        .parts()
                        .get(0),
                "bit 9 is bit 1 of the second of the bytes 2, 3");
    }

    @Test
    @Timeout(120)
    void aDelayIsADelay() throws Exception {
        hostile.with(Fault.delay(Duration.ofMillis(1)));
        assertTrue(hostile.read("b").isPresent());

        hostile.with(Fault.delay(Duration.ofHours(1)));
        FutureTask<CopickException> end =
                new FutureTask<>(() -> assertThrows(OperationInterruptedException.class, () -> hostile.read("b")));
        Thread reader = new Thread(end);
        reader.start();
        // whether asleep or not yet: an interrupt ends the delay, and without a delay the read would succeed
        reader.interrupt();
        end.get();
    }

    @Test
    void frozenListingsTellOfThePast() {
        hostile.freezeListings();
        hostile.delete("a/1");
        hostile.write("a/3", new byte[1], WriteCondition.ANY);
        hostile.write("c/4", new byte[1], WriteCondition.ANY);
        assertEquals(List.of("a/1", "a/2"), keys(hostile.list("a/", null, 9).objects()));
        assertEquals(List.of("a/2"), keys(hostile.list("a/", "a/1", 9).objects()));
        assertFalse(hostile.list("", null, 1).complete());
        assertEquals(List.of("a/"), hostile.listFolder("").prefixes());
        assertEquals(List.of("b"), keys(hostile.listFolder("").objects()));
        assertTrue(hostile.read("a/3").isPresent());
        hostile.heal();
        assertEquals(List.of("a/2", "a/3"), keys(hostile.list("a/", null, 9).objects()));
    }

    private static List<String> keys(List<ObjectInfo> objects) {
        return objects.stream().map(ObjectInfo::key).toList();
    }

    @Test
    void callsAreWrittenDownToTheByte() {
        CountingStore counting = new CountingStore(memory);
        counting.read("b");
        counting.readRanges("a/1", List.of(ByteRange.of(1, 2), ByteRange.last(1)), null);
        counting.deleteAll(List.of());
        counting.deleteAll(List.of("a/2", "b"));
        assertEquals(
                List.of("READ b", "READ_RANGES a/1 1+2 last 1", "DELETE a/2"),
                counting.calls().stream().map(StoreCall::toString).toList());
        assertEquals(Map.of(Kind.READ, 1, Kind.READ_RANGES, 1, Kind.DELETE, 1), counting.counts());
        counting.forget();
        assertEquals(List.of(), counting.calls());
    }

    @Test
    void aStoreThatIsNotReleasedIsTold() {
        LeakCheckingStore checking = new LeakCheckingStore(memory.reopen());
        AssertionError open = assertThrows(AssertionError.class, checking::assertReleased);
        assertTrue(String.valueOf(open.getMessage()).endsWith("was never closed"), open::toString);
        assertTrue(open.getCause() != null, "the cause shows where the store was opened");
        checking.close();
        assertDoesNotThrow(checking::assertReleased);
        ObjectStore late = checking;
        assertThrows(RuntimeException.class, () -> late.read("b"));
        AssertionError used = assertThrows(AssertionError.class, checking::assertReleased);
        assertTrue(String.valueOf(used.getMessage()).contains("1 times after it was closed"), used::toString);
    }
}
