package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what the kit remembers of calls. */
@Timeout(60)
final class RecordedCallsTest {
    private final ObjectStore store = RecordedCalls.of(new MemoryStore());

    @AfterEach
    void forget() {
        RecordedCalls.forget();
    }

    @Test
    void bytesOfRecordedCallsAreReleased() throws InterruptedException {
        assertReleased(written());
        assertContains("after write(\"a\", 1048576 bytes, ANY) returned \"a\" (1048576 bytes, version");
        assertReleased(new WeakReference<>(store.read("a").orElseThrow().bytes()));
        assertContains("after read(\"a\") returned \"a\" (1048576 bytes");
        assertReleased(new WeakReference<>(store.readRanges("a", List.of(ByteRange.of(0, 1 << 20)), null)
                .orElseThrow()
                .parts()
                .get(0)));
        try (ObjectWriter writer = store.writer("b", WriteCondition.ANY)) {
            writer.append(new byte[1 << 20]);
            assertContains("after append(1048576 bytes) returned");
        }
    }

    private WeakReference<byte[]> written() {
        byte[] bytes = new byte[1 << 20];
        store.write("a", bytes, WriteCondition.ANY);
        return new WeakReference<>(bytes);
    }

    private static void assertContains(String text) {
        String shown = RecordedCalls.shown(new IllegalStateException());
        assertTrue(shown.contains(text), shown);
    }

    private static void assertReleased(WeakReference<byte[]> bytes) throws InterruptedException {
        while (bytes.get() != null) {
            System.gc();
            Thread.sleep(1);
        }
    }
}
