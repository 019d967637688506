package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.copick.tests.network.FaultyProxy.CutRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests objects that are written in a session. */
abstract class LargeObjectContract {
    static final int SIZE = GcsWriter.LARGE + 1234;

    final GcsUnderTest place;
    final FaultyProxy proxy;
    final ObjectStore store;
    final byte[] content = new byte[SIZE];

    LargeObjectContract(GcsUnderTest place) {
        this.place = place;
        this.proxy = new FaultyProxy(place.endpoint());
        this.store = place.open(proxy.endpoint(), Duration.ofSeconds(10));
        new Random(3).nextBytes(content);
    }

    @AfterEach
    final void close() {
        store.close();
        proxy.close();
        place.remove();
    }

    final Map<String, Integer> requests() {
        Map<String, Integer> methods = new TreeMap<>();
        proxy.exchanges().forEach(done -> methods.merge(done.request().method(), 1, Integer::sum));
        return methods;
    }

    @Test
    final void aLargeObjectIsWrittenByTwoRequestsAndReadAsOne() {
        ObjectInfo written = store.write("large", content, WriteCondition.ANY);
        assertEquals(Map.of("POST", 1, "PUT", 1), requests());
        assertEquals(written, store.info("large").orElseThrow());
        assertEquals(SIZE, written.size());
        byte[] end = store.readRanges("large", List.of(ByteRange.last(5000)), written.version())
                .orElseThrow()
                .parts()
                .get(0);
        assertArrayEquals(Arrays.copyOfRange(content, SIZE - 5000, SIZE), end);
        assertArrayEquals(content, store.read("large").orElseThrow().bytes());
    }

    @Test
    final void conditionsHoldForLargeObjectsToo() {
        ObjectInfo first = store.write("large", content, WriteCondition.IF_ABSENT);
        assertThrows(AlreadyExistsException.class, () -> store.write("large", content, WriteCondition.IF_ABSENT));
        ObjectInfo second = store.write("large", content, WriteCondition.ifVersion(first.version()));
        assertThrows(
                ConflictException.class,
                () -> store.write("large", content, WriteCondition.ifVersion(first.version())));
        assertEquals(second, store.info("large").orElseThrow());
    }

    @Test
    final void aWriteThatIsInterruptedIsWrittenWhole() {
        proxy.harm(request -> request.header("content-range").matches("bytes \\d+-.*"), 1, new CutRequest(9 << 20));
        ObjectInfo written = store.write("large", content, WriteCondition.IF_ABSENT);
        assertEquals(written, store.info("large").orElseThrow());
        assertArrayEquals(content, store.read("large").orElseThrow().bytes());
    }

    /** Writes one and a half times as many bytes as the store collects for a piece. */
    final byte[] writePieces(WriteCondition condition) {
        byte[] pieces = new byte[GcsWriter.LARGE + GcsWriter.LARGE / 2 + 77];
        new Random(5).nextBytes(pieces);
        try (ObjectWriter writer = store.writer("pieces", condition)) {
            for (int from = 0; from < pieces.length; from += 1 << 20) {
                writer.append(pieces, from, Math.min(1 << 20, pieces.length - from));
            }
            ObjectInfo written = writer.complete();
            assertEquals(written, store.info("pieces").orElseThrow());
        }
        return pieces;
    }

    @Test
    final void anObjectOfPiecesTakesOneRequestForEach() {
        byte[] pieces = writePieces(WriteCondition.IF_ABSENT);
        assertEquals(Map.of("POST", 1, "PUT", 2, "GET", 1), requests());
        assertArrayEquals(pieces, store.read("pieces").orElseThrow().bytes());
    }

    @Test
    final void aWriterThatIsClosedGivesItsSessionUp() {
        try (ObjectWriter writer = store.writer("pieces", WriteCondition.ANY)) {
            writer.append(content);
            writer.append(content);
        }
        assertEquals(Map.of("POST", 1, "PUT", 2, "DELETE", 1), requests());
        assertEquals(List.of(), store.list("", null, 10).objects());
    }
}
