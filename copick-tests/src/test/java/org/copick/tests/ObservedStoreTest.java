package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.copick.error.ReadOnlyException;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.ObservedStore;
import org.copick.storage.ReadOnlyStore;
import org.copick.storage.StoreOperation;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;

final class ObservedStoreTest {
    private final List<StoreOperation> seen = new ArrayList<>();

    @Test
    void aListenerThatFailsIsToldOnce() {
        IllegalStateException bug = new IllegalStateException("a bug of the listener");
        try (ObjectStore store = new ObservedStore(new MemoryStore(), operation -> {
            seen.add(operation);
            throw bug;
        })) {
            assertSame(
                    bug,
                    assertThrows(IllegalStateException.class, () -> store.write("x", new byte[1], WriteCondition.ANY)));
            try (ObjectWriter writer = store.writer("y", WriteCondition.ANY)) {
                assertSame(bug, assertThrows(IllegalStateException.class, writer::complete));
            }
        }
        assertEquals(2, seen.size());
        seen.forEach(operation -> assertNull(operation.failure(), "the operation itself succeeded"));
    }

    @Test
    void aWriterThatCannotBeOpenedIsAFailedWrite() {
        try (ObjectStore store = new ObservedStore(new ReadOnlyStore(new MemoryStore()), seen::add)) {
            assertThrows(ReadOnlyException.class, () -> store.writer("x", WriteCondition.ANY));
        }
        assertEquals(1, seen.size());
        assertEquals(StoreOperation.Kind.WRITE, seen.get(0).kind());
        assertNotNull(seen.get(0).failure());
    }
}
