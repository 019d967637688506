package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.copick.error.StorageException;
import org.copick.s3.server.S3Answers;
import org.copick.s3.server.S3ProxyServer;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests objects that are written as multipart uploads. */
final class S3LargeObjectTest {
    private static final int SIZE = S3Writer.LARGE + 1234;

    private final S3UnderTest place = S3ProxyUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(S3ProxyServer.running().endpoint());
    private final ObjectStore store = open();

    private ObjectStore open() {
        Map<String, Object> options = new HashMap<>(place.options());
        options.put("endpoint_url", proxy.endpoint().toString());
        options.put("config_kwargs", Map.of("retries", Map.of("max_attempts", 1)));
        return new S3StorageProvider().open(new StoreAddress(place.rootUrl(), options, null));
    }

    @AfterEach
    void close() {
        store.close();
        proxy.close();
        place.remove();
    }

    @Test
    void aLargeObjectIsSentInPartsAndReadAsOne() {
        byte[] content = new byte[SIZE];
        new Random(3).nextBytes(content);
        ObjectInfo written = store.write("large", content, WriteCondition.ANY);
        List<String> requests = proxy.exchanges().stream()
                .map(done -> done.request().method())
                .sorted()
                .toList();
        assertEquals(List.of("POST", "POST", "PUT", "PUT", "PUT", "PUT", "PUT"), requests, "begun, five parts, ended");
        assertEquals(written, store.info("large").orElseThrow());
        assertEquals(SIZE, written.size());
        byte[] end = store.readRanges("large", List.of(ByteRange.last(5000)), written.version())
                .orElseThrow()
                .parts()
                .get(0);
        assertArrayEquals(java.util.Arrays.copyOfRange(content, SIZE - 5000, SIZE), end);
        assertArrayEquals(content, store.read("large").orElseThrow().bytes());
    }

    @Test
    void whatFailsHalfwayLeavesNothing() {
        proxy.harm(request -> request.query().contains("partNumber=3"), 100, S3Answers.error(500, "InternalError", ""));
        assertThrows(StorageException.class, () -> store.write("large", new byte[SIZE], WriteCondition.ANY));
        assertTrue(
                proxy.exchanges().stream()
                        .anyMatch(done -> done.request().method().equals("DELETE")),
                "the upload is aborted");
        assertTrue(store.info("large").isEmpty());
        assertEquals(List.of(), store.list("", null, 10).objects());
    }

    private List<String> methods() {
        return proxy.exchanges().stream()
                .map(done -> done.request().method())
                .sorted()
                .toList();
    }

    @Test
    void piecesAreSentInPartsAndReadAsOne() {
        byte[] content = new byte[2 * PartsWriter.PART + 77];
        new Random(5).nextBytes(content);
        ObjectInfo written;
        try (ObjectWriter writer = store.writer("pieces", WriteCondition.ANY)) {
            for (int from = 0; from < content.length; from += 1 << 20) {
                writer.append(content, from, Math.min(1 << 20, content.length - from));
            }
            written = writer.complete();
        }
        assertEquals(List.of("POST", "POST", "PUT", "PUT", "PUT"), methods(), "begun, three parts, ended");
        assertEquals(written, store.info("pieces").orElseThrow());
        assertArrayEquals(content, store.read("pieces").orElseThrow().bytes());
    }

    @Test
    void anObjectOfOnePartIsWrittenAtOnce() {
        try (ObjectWriter writer = store.writer("small", WriteCondition.ANY)) {
            writer.append(new byte[1000]);
            writer.append(new byte[1000]);
            assertEquals(2000, writer.complete().size());
        }
        assertEquals(List.of("PUT"), methods());
    }

    @Test
    void piecesThatFailLeaveNothing() {
        proxy.harm(request -> request.query().contains("partNumber=2"), 100, S3Answers.error(500, "InternalError", ""));
        try (ObjectWriter writer = store.writer("pieces", WriteCondition.ANY)) {
            assertThrows(StorageException.class, () -> {
                for (int i = 0; i < 5; i++) {
                    writer.append(new byte[PartsWriter.PART]);
                }
                writer.complete();
            });
        }
        assertTrue(methods().contains("DELETE"), "the upload is aborted");
        assertEquals(List.of(), store.list("", null, 10).objects());
    }

    @Test
    void anEndWhoseAnswerGotLostIsSeenAsDone() {
        byte[] content = new byte[PartsWriter.PART + 1];
        Map<String, Object> options = new HashMap<>(place.options());
        options.put("endpoint_url", proxy.endpoint().toString());
        proxy.harm(
                request -> request.method().equals("POST") && request.query().contains("uploadId="),
                1,
                new FaultyProxy.Reset(true));
        try (ObjectStore patient = new S3StorageProvider().open(new StoreAddress(place.rootUrl(), options, null));
                ObjectWriter writer = patient.writer("pieces", WriteCondition.ANY)) {
            writer.append(content);
            assertEquals(content.length, writer.complete().size());
            assertEquals(content.length, patient.info("pieces").orElseThrow().size());
        }
    }
}
