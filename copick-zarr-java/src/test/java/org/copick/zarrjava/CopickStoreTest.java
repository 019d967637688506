package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.copick.error.ClosedException;
import org.copick.error.InvalidNameException;
import org.copick.error.ReadOnlyException;
import org.copick.error.StorageException;
import org.copick.storage.ReadOnlyStore;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the contract of zarr-java's stores, and what ours promises beyond it. */
final class CopickStoreTest {
    private static final String[] KEYS = {"0", "c", "1"};
    private static final String[] ABSENT = {"0", "c", "2"};

    private final MemoryStore memory = MemoryStore.of(Map.of("0/c/1", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    private final CountingStore counting = new CountingStore(memory);
    private final CopickStore store = CopickStore.of(counting);

    @Test
    void anAbsentObjectIsNull() {
        assertFalse(store.exists(ABSENT));
        assertNull(store.get(ABSENT));
        assertNull(store.get(ABSENT, 0));
        assertNull(store.get(ABSENT, -4));
        assertNull(store.get(ABSENT, 1, 2));
        assertNull(store.get(ABSENT, -1, 2));
        assertNull(store.getInputStream(ABSENT, 0, -1));
        assertEquals(-1, store.getSize(ABSENT));
        store.delete(ABSENT);
    }

    @Test
    void anObjectIsReadAsAWhole() {
        assertTrue(store.exists(KEYS));
        assertEquals(10, store.getSize(KEYS));
        assertBytes(0, 10, store.get(KEYS));
        assertBytes(0, 10, store.resolve("0", "c").resolve("1").read());
    }

    /** A negative start is a distance from the end, and both ends of a range are cut at those of the object. */
    @Test
    void rangesAreRead() {
        assertBytes(3, 10, store.get(KEYS, 3));
        assertBytes(6, 10, store.get(KEYS, -4));
        assertBytes(0, 10, store.get(KEYS, -11));
        assertBytes(0, 10, store.get(KEYS, Long.MIN_VALUE));
        assertBytes(10, 10, store.get(KEYS, Long.MAX_VALUE));
        assertBytes(2, 5, store.get(KEYS, 2, 5));
        assertBytes(8, 10, store.get(KEYS, 8, 100));
        assertBytes(4, 4, store.get(KEYS, 4, 4));
        assertBytes(6, 8, store.get(KEYS, -4, 8));
        assertBytes(6, 10, store.get(KEYS, -4, Long.MAX_VALUE));
        assertBytes(6, 6, store.get(KEYS, -4, 3));
    }

    @Test
    void rangesThatEndBeforeTheyBeginAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> store.get(KEYS, 5, 4));
        assertThrows(IllegalArgumentException.class, () -> store.get(KEYS, -5, -1));
        assertEquals(List.of(), counting.calls());
    }

    @Test
    void streamsHoldTheSameBytes() throws IOException {
        try (InputStream whole = Objects.requireNonNull(store.getInputStream(KEYS, 0, -1));
                InputStream part = Objects.requireNonNull(store.getInputStream(KEYS, 2, 5))) {
            assertBytes(0, 10, ByteBuffer.wrap(whole.readAllBytes()));
            assertBytes(2, 5, ByteBuffer.wrap(part.readAllBytes()));
        }
    }

    @Test
    void everyCallCostsOneRequest() {
        store.exists(KEYS);
        store.get(KEYS);
        store.get(KEYS, -4);
        store.get(KEYS, 2, 5);
        store.get(KEYS, -4, 8);
        store.getSize(KEYS);
        assertEquals(
                List.of(
                        "INFO 0/c/1",
                        "READ 0/c/1",
                        "READ_RANGES 0/c/1 last 4",
                        "READ_RANGES 0/c/1 2+3",
                        "READ_RANGES 0/c/1 last 4",
                        "INFO 0/c/1"),
                counting.calls().stream().map(StoreCall::toString).toList());
    }

    @Test
    void bytesBetweenPositionAndLimitAreWritten() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2).slice();
        store.set(KEYS, bytes);
        store.set(ABSENT, bytes.asReadOnlyBuffer());
        assertEquals(2, bytes.remaining());
        assertBytes(1, 3, store.get(KEYS));
        assertBytes(1, 3, store.get(ABSENT));
    }

    @Test
    void anObjectIsDeleted() {
        store.delete(KEYS);
        assertFalse(store.exists(KEYS));
    }

    @Test
    void aReadOnlyStoreRefusesChanges() {
        CopickStore readOnly = CopickStore.of(new ReadOnlyStore(memory));
        assertThrows(ReadOnlyException.class, () -> readOnly.set(KEYS, ByteBuffer.allocate(1)));
        assertThrows(ReadOnlyException.class, () -> readOnly.delete(KEYS));
        assertBytes(0, 10, readOnly.get(KEYS));
    }

    static Stream<List<String>> hostileKeys() {
        return Stream.of(
                List.of(),
                List.of(""),
                List.of("0", ""),
                List.of("0", "..", "1"),
                List.of("."),
                List.of("0/../../etc"),
                List.of("/0"),
                List.of("0/"),
                List.of("0\0"));
    }

    @ParameterizedTest
    @MethodSource("hostileKeys")
    void hostileKeysAreRefused(List<String> hostile) {
        String[] keys = hostile.toArray(String[]::new);
        assertThrows(InvalidNameException.class, () -> store.exists(keys));
        assertThrows(InvalidNameException.class, () -> store.get(keys));
        assertThrows(InvalidNameException.class, () -> store.get(keys, 1));
        assertThrows(InvalidNameException.class, () -> store.get(keys, 1, 2));
        assertThrows(InvalidNameException.class, () -> store.getInputStream(keys, 0, -1));
        assertThrows(InvalidNameException.class, () -> store.getSize(keys));
        assertThrows(InvalidNameException.class, () -> store.set(keys, ByteBuffer.allocate(1)));
        assertThrows(InvalidNameException.class, () -> store.delete(keys));
        assertEquals(List.of(), counting.calls());
    }

    @Test
    void failuresAreOurExceptions() {
        CopickStore failing = CopickStore.of(new FaultInjectingStore(memory).with(Fault.before()));
        assertThrows(StorageException.class, () -> failing.exists(KEYS));
        assertThrows(StorageException.class, () -> failing.get(KEYS));
        assertThrows(StorageException.class, () -> failing.get(KEYS, 1));
        assertThrows(StorageException.class, () -> failing.get(KEYS, 1, 2));
        assertThrows(StorageException.class, () -> failing.getSize(KEYS));
        assertThrows(StorageException.class, () -> failing.set(KEYS, ByteBuffer.allocate(1)));
        assertThrows(StorageException.class, () -> failing.delete(KEYS));
        memory.close();
        assertThrows(ClosedException.class, () -> store.get(KEYS));
    }

    @Test
    void theTextIsTheLocation() {
        assertEquals(memory.location(), store.toString());
        assertEquals(
                memory.location() + "/0/zarr.json",
                store.resolve("0", "zarr.json").toString());
    }

    /** Asserts that these are the numbers from one to another. */
    private static void assertBytes(int from, int to, @Nullable ByteBuffer bytes) {
        byte[] expected = new byte[to - from];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (from + i);
        }
        byte[] actual = new byte[Objects.requireNonNull(bytes).remaining()];
        bytes.get(actual);
        assertArrayEquals(expected, actual);
    }
}
