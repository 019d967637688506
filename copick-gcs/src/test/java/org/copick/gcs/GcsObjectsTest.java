package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.StorageException;
import org.copick.gcs.server.GcsServer;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.FaultyProxy.Reset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests objects that the service sends compressed, damaged, or not as requested. */
final class GcsObjectsTest {
    private static final byte[] CONTENT = "0123456789".repeat(2_000).getBytes(StandardCharsets.UTF_8);

    private final GcsServer server = GcsServer.running();
    private final GcsUnderTest place = GcsServerUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final ObjectStore store = place.open(proxy.endpoint(), Duration.ofSeconds(5));

    @AfterEach
    void close() {
        store.close();
        proxy.close();
        server.keepNothing();
        place.remove();
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void putPacked(byte[] stored) {
        server.put(place.bucket(), place.prefix() + "/packed", stored, "gzip");
    }

    @Test
    void packedObjectsAreWhatTheyHold() {
        putPacked(packed(CONTENT));
        StoredObject read = store.read("packed").orElseThrow();
        assertArrayEquals(CONTENT, read.bytes());
        assertEquals(CONTENT.length, read.info().size());
        assertEquals(read.info(), store.info("packed").orElseThrow());
        List<byte[]> parts = store.readRanges(
                        "packed",
                        List.of(
                                ByteRange.of(5, 3),
                                ByteRange.last(4),
                                ByteRange.of(19_999, 50),
                                ByteRange.of(30_000, 1)),
                        read.info().version())
                .orElseThrow()
                .parts();
        assertEquals(
                List.of("567", "6789", "9", ""),
                parts.stream()
                        .map(part -> new String(part, StandardCharsets.UTF_8))
                        .toList());
        assertThrows(
                ConflictException.class,
                () -> store.readRanges("packed", List.of(ByteRange.of(0, 1)), new Version("1")));
    }

    @Test
    void packedObjectsThatAreBrokenAreTold() {
        putPacked(Arrays.copyOf(packed(CONTENT), 30));
        assertTold(assertThrows(CorruptDataException.class, () -> store.read("packed")), "not complete gzip data");
        putPacked(CONTENT);
        assertTold(assertThrows(CorruptDataException.class, () -> store.info("packed")), "not complete gzip data");
    }

    @Test
    void packedObjectsThatAreHugeAreRefused() {
        byte[] million = new byte[1 << 20];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (long i = 0; i < Runtime.getRuntime().maxMemory() >> 20; i++) {
                gzip.write(million);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        putPacked(out.toByteArray());
        assertTold(assertThrows(StorageException.class, () -> store.read("packed")), "does not fit into the memory");
    }

    @Test
    void whatTheServiceUnpacksIsReadToItsEnd() {
        proxy.harm(
                request -> true,
                1,
                new Answer(200, "x-goog-generation: 5\r\nx-goog-stored-content-encoding: gzip\r\n", "content"));
        assertEquals(7, store.read("any").orElseThrow().info().size());
    }

    @Test
    void damagedBytesAreReadAgain() {
        store.write("object", CONTENT, WriteCondition.ANY);
        Answer damaged = new Answer(
                200, "x-goog-generation: 5\r\nx-goog-hash: md5=x\r\nx-goog-hash: crc32c=AAAAAA==\r\n", "content");
        proxy.harm(request -> true, 1, damaged);
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        proxy.harm(request -> true, 100, damaged);
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTold(e, "damaged in transit");
        assertTrue(e.mayBeTransient());
    }

    @Test
    void bytesThatAreDamagedOnTheirWayThereAreNotKept() {
        proxy.harm(request -> request.method().equals("POST"), 100, new Answer(400, "", "Provided CRC32C is wrong"));
        assertThrows(StorageException.class, () -> store.write("object", CONTENT, WriteCondition.ANY));
        proxy.heal();
        assertTrue(store.info("object").isEmpty());
    }

    @Test
    void aServiceThatSendsMoreThanAskedForIsStopped() {
        proxy.harm(request -> true, 1, new Answer(200, "x-goog-generation: 5\r\n", "0123456789"));
        assertEquals(
                "345",
                new String(
                        store.readRanges("any", List.of(ByteRange.of(3, 3)), null)
                                .orElseThrow()
                                .parts()
                                .get(0),
                        StandardCharsets.UTF_8));
    }

    @Test
    void anotherServiceIsFoundOut() {
        proxy.harm(request -> true, 1, new Answer(200, "", "welcome"));
        assertTold(assertThrows(StorageException.class, () -> store.read("object")), "right service");
        for (String json : new String[] {
            "<html>welcome</html>",
            "[]",
            "{\"items\": 5}",
            "{\"items\": [{\"size\": \"x\"}]}",
            "{\"items\": [{}]}",
            "{\"items\": [{\"name\": \"" + place.prefix() + "/a\"}]}",
            "{\"items\": [{\"bucket\": \"x\", \"name\": \"" + place.prefix() + "/a\"}]}"
        }) {
            proxy.harm(request -> true, 1, new Answer(200, "Content-Type: application/json\r\n", json));
            assertTold(assertThrows(StorageException.class, () -> store.listFolder("")), "right service");
        }
    }

    @Test
    void listingsWithoutEndAreTold() {
        proxy.harm(
                request -> true,
                100,
                new Answer(200, "Content-Type: application/json\r\n", "{\"nextPageToken\": \"again\"}"));
        assertTold(assertThrows(StorageException.class, () -> store.list("", null, 10)), "never ends");
        assertTold(assertThrows(StorageException.class, () -> store.listFolder("")), "never ends");
    }

    @Test
    void copiesThatComeToNoEndAreTold() {
        ObjectInfo object = store.write("object", new byte[7], WriteCondition.ANY);
        String totals = "{\"objectSize\": \"7\", \"totalBytesRewritten\": \"1\", ";
        for (String[] answer : new String[][] {
            {totals + "\"done\": false, \"rewriteToken\": \"again\"}", "does not finish"},
            {totals + "\"done\": false}", "does not finish"},
            {"{\"done\": false, \"rewriteToken\": \"again\"}", "the service's answer is invalid"},
            {totals + "\"rewriteToken\": \"again\"}", "the service's answer is invalid"},
        }) {
            proxy.heal();
            proxy.harm(request -> true, 1000, new Answer(200, "Content-Type: application/json\r\n", answer[0]));
            assertTold(assertThrows(StorageException.class, () -> store.copy(object, "other")), answer[1]);
        }
    }

    @Test
    void copiesOfVersionsOfOtherStoresAreRefused() {
        store.write("object", CONTENT, WriteCondition.ANY);
        for (String version : new String[] {"an ETag", "", "0", "-1"}) {
            ObjectInfo foreign = new ObjectInfo("object", CONTENT.length, new Version(version));
            assertThrows(ConflictException.class, () -> store.copy(foreign, "other"), version);
        }
        assertTrue(store.info("other").isEmpty());
    }

    @Test
    void sizesThatCannotBeAreTold() {
        String item = "{\"bucket\": \"" + place.bucket() + "\", \"name\": \"" + place.prefix()
                + "/a\", \"generation\": \"7\", \"size\": \"%s\"}";
        for (String size : new String[] {"99999999999999999999", "-1"}) {
            String object = String.format(item, size);
            proxy.harm(
                    request -> true,
                    1,
                    new Answer(200, "Content-Type: application/json\r\n", "{\"items\": [" + object + "]}"));
            assertTold(assertThrows(StorageException.class, () -> store.list("", null, 10)), "right service");
            proxy.harm(request -> true, 1, new Answer(200, "Content-Type: application/json\r\n", object));
            assertTold(assertThrows(StorageException.class, () -> store.info("a")), "right service");
        }
    }

    @Test
    void deletionsThatAreRefusedAreToldAndOthersDone() {
        Map<String, byte[]> objects = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            objects.put(String.format("many/%03d", i), new byte[1]);
        }
        place.fill(objects);
        // twice, because the answer with the first refusal may be the one that is lost
        server.keep(place.prefix() + "/many/120", 2, 403, "retentionPolicyNotMet");
        server.keep(place.prefix() + "/many/007", 1, 503, "backendError");
        server.keep(place.prefix() + "/many/199", 1, 503, "backendError");
        proxy.harm(request -> request.method().equals("POST"), 1, new Reset(true));
        proxy.harm(request -> request.method().equals("POST"), 1, new Reset(false));
        proxy.exchanges();
        CopickException e = assertThrows(CopickException.class, () -> store.deleteAll(objects.keySet()));
        assertTold(e, "many/120");
        assertEquals(
                List.of("many/120"),
                store.list("many/", null, 10).objects().stream()
                        .map(ObjectInfo::key)
                        .toList());
        long requests = proxy.exchanges().stream()
                .filter(done -> done.request().method().equals("POST"))
                .count();
        // the lost answer may contain a refusal, which then needs no additional request
        assertTrue(
                requests >= 3 + 2 && requests <= 3 + 2 + 2,
                () -> "batches of a hundred, two broken requests, two objects that were refused temporarily; "
                        + requests);
    }

    @Test
    void absentObjectsAreDeletedByOneRequest() {
        store.deleteAll(List.of("absent", "other"));
        assertEquals(1, proxy.exchanges().size());
        try (ObjectStore other = place.open(proxy.endpoint(), Duration.ofSeconds(5))) {
            other.delete("absent");
            assertTrue(other.info("absent").isEmpty());
            assertTrue(other.read("absent").isEmpty());
            assertEquals(3, proxy.exchanges().size());
        }
    }

    @Test
    void emptyPagesAreNotTheEnd() {
        server.create("hesitant");
        server.hesitate("hesitant");
        try (ObjectStore hesitant = new GcsStorageProvider()
                .open(new StoreAddress("gs://hesitant", place.arguments(place.endpoint()), null))) {
            hesitant.write("a/b", CONTENT, WriteCondition.ANY);
            assertEquals(1, hesitant.list("a/", null, 10).objects().size());
            assertEquals(List.of("a/"), hesitant.listFolder("").prefixes());
            hesitant.deletePrefix("a/");
            assertTrue(hesitant.list("", null, 10).complete());
            assertTrue(hesitant.info("a/b").isEmpty());
        }
    }

    @Test
    void whoPaysIsTold() {
        server.create("paid");
        server.paidBy("paid", "lab");
        Map<String, Object> arguments = new HashMap<>(place.arguments(place.endpoint()));
        try (ObjectStore free = new GcsStorageProvider().open(new StoreAddress("gs://paid", arguments, null))) {
            assertTold(assertThrows(CopickException.class, () -> free.listFolder("")), "requester_pays");
        }
        arguments.put("requester_pays", "lab");
        try (ObjectStore paying = new GcsStorageProvider().open(new StoreAddress("gs://paid", arguments, null))) {
            byte[] large = new byte[GcsWriter.LARGE];
            for (byte[] content : new byte[][] {CONTENT, large}) {
                ObjectInfo written = paying.write("object", content, WriteCondition.ANY);
                assertEquals(written, paying.info("object").orElseThrow());
                assertArrayEquals(content, paying.read("object").orElseThrow().bytes());
            }
            paying.delete("object");
            paying.deleteAll(List.of("object", "other"));
            assertTrue(paying.listFolder("").objects().isEmpty());
        }
    }

    private static void assertTold(CopickException e, String expected) {
        assertTrue(String.valueOf(e.getMessage()).contains(expected), () -> expected + " in: " + e.getMessage());
    }
}
