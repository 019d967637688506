package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.copick.error.AccessDeniedException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.InvalidNameException;
import org.copick.error.ReadOnlyException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.http.WebServer.Quirk;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.storage.disk.DiskCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading from servers that do everything, and from those that do not. */
final class HttpReadingTest {
    private static final byte[] CONTENT = counting(200_000);
    private static final byte[] LARGE = counting((8 << 20) + 1);

    private final WebServer server = new WebServer();
    private final ObjectStore store = HttpUnderTest.open(server.url(), Map.of());

    private static byte[] counting(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private byte[] range(ByteRange range) {
        return store.readRanges("object", List.of(range), null)
                .orElseThrow()
                .parts()
                .get(0);
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Test
    void eachReadCostsTheRequestsThatTheDocumentationStates() {
        server.put("object", CONTENT);
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertEquals(List.of("GET /data/object"), server.seen());

        assertEquals(CONTENT.length, store.info("object").orElseThrow().size());
        assertEquals(List.of("HEAD /data/object"), server.seen());

        assertTrue(store.read("missing").isEmpty());
        assertEquals(List.of("GET /data/missing"), server.seen());

        RangesRead read = store.readRanges(
                        "object", List.of(ByteRange.of(10, 5), ByteRange.of(20, 5), ByteRange.of(30_000, 1)), null)
                .orElseThrow();
        assertArrayEquals(part(CONTENT, 20, 25), read.parts().get(1));
        assertEquals(List.of("GET /data/object Range: bytes=10-30000"), server.seen(), "near ranges are one request");

        assertArrayEquals(part(CONTENT, CONTENT.length - 7, CONTENT.length), range(ByteRange.last(7)));
        assertEquals(List.of("GET /data/object Range: bytes=-7"), server.seen());

        store.readRanges("object", List.of(ByteRange.of(0, 1), ByteRange.of(150_000, 1)), null);
        assertEquals(
                List.of("GET /data/object Range: bytes=0-0", "GET /data/object Range: bytes=150000-150000"),
                server.seen().stream().sorted().toList(),
                "distant ranges are two requests");
    }

    @Test
    void aRangeOfAKnownVersionIsConditional() {
        server.put("object", CONTENT);
        Version version = store.info("object").orElseThrow().version();
        assertEquals("\"v1\"", version.value());
        server.seen();
        assertTrue(
                store.readRanges("object", List.of(ByteRange.of(0, 2)), version).isPresent());
        assertEquals(List.of("GET /data/object Range: bytes=0-1 If-Match: \"v1\""), server.seen());
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CONDITIONS", "NO_ETAG", "WEAK_ETAG", "NO_RANGES", "NO_RANGES_FROM_END", "NO_HEAD"})
    void aReplacedObjectIsAConflict(Quirk quirk) {
        server.with(quirk).put("object", CONTENT);
        ObjectInfo opened = store.info("object").orElseThrow();
        assertEquals(opened, store.read("object").orElseThrow().info());
        List<ByteRange> ranges = List.of(ByteRange.of(5, 2), ByteRange.last(3));
        RangesRead read = store.readRanges("object", ranges, opened.version()).orElseThrow();
        assertEquals(opened, read.info());
        assertArrayEquals(part(CONTENT, 5, 7), read.parts().get(0));

        byte[] other = new byte[CONTENT.length];
        server.put("object", other);
        assertNotEquals(opened.version(), store.info("object").orElseThrow().version());
        ConflictException e =
                assertThrows(ConflictException.class, () -> store.readRanges("object", ranges, opened.version()));
        assertTells(e, "it was replaced since it was opened");
        assertArrayEquals(other, store.read("object").orElseThrow().bytes());
    }

    @Test
    void withoutETagTheTimeOfTheLastChangeIsTheCondition() {
        server.with(Quirk.NO_ETAG).put("object", CONTENT);
        Version version = store.info("object").orElseThrow().version();
        assertEquals("since Tue, 14 Nov 2023 22:13:21 GMT, 200000 bytes", version.value());
        server.seen();
        store.readRanges("object", List.of(ByteRange.of(0, 2)), version);
        assertEquals(
                List.of("GET /data/object Range: bytes=0-1 If-Unmodified-Since: Tue, 14 Nov 2023 22:13:21 GMT"),
                server.seen());
    }

    @Test
    void withoutETagAndTimeOnlyTheSizeIsKnown() {
        server.with(Quirk.NO_ETAG, Quirk.NO_DATE).put("object", CONTENT);
        Version version = store.info("object").orElseThrow().version();
        assertEquals(Version.ofSize(CONTENT.length), version);
        assertFalse(version.identifiesContent(), "a disk cache must not keep it");
        server.put("object", part(CONTENT, 0, 100_000));
        assertThrows(ConflictException.class, () -> store.readRanges("object", List.of(ByteRange.of(0, 1)), version));
    }

    @Test
    void aDiskCacheKeepsOnlyContentWithAVersion(@TempDir Path folder) {
        for (boolean isKnown : new boolean[] {true, false}) {
            server.with(isKnown ? new Quirk[0] : new Quirk[] {Quirk.NO_ETAG, Quirk.NO_DATE});
            server.put("object", CONTENT);
            try (ObjectStore cached = DiskCache.in(folder.resolve("" + isKnown), 1 << 20)
                    .over(HttpUnderTest.open(server.url(), Map.of()))) {
                Version version = cached.read("object").orElseThrow().info().version();
                cached.readRanges("object", List.of(ByteRange.of(5, 2)), version);
                server.seen();
                byte[] again = cached.read("object").orElseThrow().bytes();
                assertArrayEquals(CONTENT, again);
                cached.readRanges("object", List.of(ByteRange.of(5, 2)), version);
            }
            assertEquals(
                    isKnown
                            ? List.of("HEAD /data/object")
                            : List.of("GET /data/object", "GET /data/object Range: bytes=5-6"),
                    server.seen());
        }
    }

    @Test
    void smallObjectsOfServersWithoutRangesAreReadWhole() {
        server.with(Quirk.NO_RANGES).put("object", CONTENT);
        assertArrayEquals(part(CONTENT, 100, 110), range(ByteRange.of(100, 10)));
        assertArrayEquals(part(CONTENT, CONTENT.length - 4, CONTENT.length), range(ByteRange.last(4)));
        assertEquals(0, range(ByteRange.of(CONTENT.length, 4)).length);
    }

    @Test
    void rangesOfLargeObjectsAreRefusedWithoutRanges() {
        server.with(Quirk.NO_RANGES).put("object", LARGE);
        for (ByteRange range : List.of(ByteRange.of(100, 10), ByteRange.last(4))) {
            UnsupportedFeatureException e = assertThrows(UnsupportedFeatureException.class, () -> range(range));
            assertTells(
                    e,
                    "cannot read from " + server.url() + "/object: the server ignores ranges, and the object has"
                            + " 8388609 bytes, more than the 8 MiB that are read whole instead; let the server support ranges");
        }
        assertArrayEquals(LARGE, store.read("object").orElseThrow().bytes(), "a whole object needs no ranges");
        assertArrayEquals(LARGE, range(ByteRange.of(0, Long.MAX_VALUE)), "nor does a range of all its bytes");
        assertArrayEquals(LARGE, range(ByteRange.last(LARGE.length)));
        assertEquals(LARGE.length, store.info("object").orElseThrow().size());
    }

    @Test
    void theEndOfALargeObjectIsReadFromServersThatCountOnlyFromItsBeginning() {
        server.with(Quirk.NO_RANGES_FROM_END).put("object", LARGE);
        assertArrayEquals(part(LARGE, LARGE.length - 4, LARGE.length), range(ByteRange.last(4)));
        assertEquals(
                List.of(
                        "GET /data/object Range: bytes=-4",
                        "GET /data/object Range: bytes=8388605-8388608 If-Match: \"v1\""),
                server.seen());
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_RANGE", "PART_WITHOUT_RANGE"})
    void anAnswerThatDoesNotFitTheRequestIsRefused(Quirk quirk) {
        server.with(quirk).put("object", CONTENT);
        StorageException e = assertThrows(StorageException.class, () -> range(ByteRange.of(100, 10)));
        assertTells(e, "cannot read " + server.url() + "/object: the serv");
        assertFalse(e.mayBeTransient());
    }

    @Test
    void emptyObjectsHaveNoRanges() {
        server.put("object", new byte[0]);
        assertEquals(0, range(ByteRange.of(0, 10)).length);
        assertEquals(0, range(ByteRange.last(10)).length);
        assertEquals(0, store.read("object").orElseThrow().bytes().length);
    }

    @Test
    void serversWithoutHeadAreAskedForOneByte() {
        server.with(Quirk.NO_HEAD).put("object", LARGE);
        assertEquals(LARGE.length, store.info("object").orElseThrow().size());
        assertEquals(List.of("HEAD /data/object", "GET /data/object Range: bytes=0-0"), server.seen());
        server.put("object", new byte[0]);
        assertEquals(0, store.info("object").orElseThrow().size());
        assertTrue(store.info("missing").isEmpty());
    }

    @Test
    void contentOfUnknownLengthIsReadToItsMarkedEnd() {
        server.with(Quirk.NO_LENGTH, Quirk.NO_RANGES).put("object", CONTENT);
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertEquals(
                store.read("object").orElseThrow().info(), store.info("object").orElseThrow());
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> range(ByteRange.of(0, 1)));
        assertTells(e, "the server ignores ranges, and the object has an unknown size");
    }

    @Test
    void compressedAnswersAreUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(CONTENT);
        }
        server.putEncoded("object", packed.toByteArray(), "gzip");
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertArrayEquals(part(CONTENT, 150_000, 150_010), range(ByteRange.of(150_000, 10)));
        assertArrayEquals(part(CONTENT, 199_990, 200_000), range(ByteRange.last(10)));
        ObjectInfo info = store.info("object").orElseThrow();
        assertEquals(CONTENT.length, info.size());
        assertEquals(info, store.read("object").orElseThrow().info());

        server.putEncoded("file.gz", packed.toByteArray(), "gzip");
        assertArrayEquals(
                packed.toByteArray(), store.read("file.gz").orElseThrow().bytes(), "as Apache marks it");

        server.putEncoded("object", CONTENT, "br");
        assertTells(
                assertThrows(UnsupportedFeatureException.class, () -> store.read("object")), "Content-Encoding \"br\"");

        server.putEncoded("object", CONTENT, "b".repeat(5000));
        CopickException e = assertThrows(UnsupportedFeatureException.class, () -> store.read("object"));
        assertTrue(String.valueOf(e.getMessage()).length() < 300, "a message holds little of what a server says");
    }

    @Test
    void aWebPageIsNotTakenForAnObject() {
        server.with(Quirk.PAGE_IF_MISSING);
        for (CopickException e : List.of(
                assertThrows(StorageException.class, () -> store.read("a.zarr/0/0.0.0")),
                assertThrows(StorageException.class, () -> store.info("a.zarr/.zarray")),
                assertThrows(
                        StorageException.class,
                        () -> store.readRanges("copick.json", List.of(ByteRange.of(0, 4)), null)))) {
            assertTells(e, "the server sent a web page (text/html) instead of it");
        }
        assertEquals(
                "<html>not data</html>",
                new String(store.read("page.html").orElseThrow().bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void aRefusalIsNotTakenForAMissingObject() {
        server.with(Quirk.FORBIDDEN_IF_MISSING);
        AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> store.read("a.zarr/0/0.0.0"));
        assertTells(e, "cannot read " + server.url() + "/a.zarr/0/0.0.0: access is denied (HTTP 403)");
        assertTells(e, "let the server answer 404 instead");
        assertThrows(AccessDeniedException.class, () -> store.info("a.zarr/0/0.0.0"));
    }

    @Test
    void keysAreEscaped() {
        Map<String, String> sent = Map.of(
                "with space/and  two", "with%20space/and%20%20two",
                "100%/a%20b", "100%25/a%2520b",
                "a+b", "a%2Bb",
                "what?/#1", "what%3F/%231",
                "é/日本", "%C3%A9/%E6%97%A5%E6%9C%AC",
                "a:b@c;d=e&f,g$h!i'j(k)*[l]|\\^`{m}\"<>~",
                        "a%3Ab%40c%3Bd%3De%26f%2Cg%24h%21i%27j%28k%29%2A%5Bl%5D%7C%5C%5E%60%7Bm%7D%22%3C%3E~",
                "tab\tline\nend", "tab%09line%0Aend");
        sent.forEach((key, path) -> {
            server.put(key, key);
            server.seen();
            assertEquals(key, new String(store.read(key).orElseThrow().bytes(), StandardCharsets.UTF_8));
            assertEquals(List.of("GET /data/" + path), server.seen());
        });
        assertThrows(InvalidNameException.class, () -> store.read("half \ud83d of a letter"));
        assertEquals(List.of(), server.seen());
    }

    @Test
    void nothingIsListedOrChanged() {
        server.put("folder/object", CONTENT);
        server.seen();
        assertEquals(java.util.Set.of(StoreCapability.REMOTE), store.capabilities());
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> store.list("folder/", null, 10));
        assertTells(
                e,
                "cannot list " + server.url() + "/folder/: a web server lists no folders; make the index"
                        + " where the files are, with copick index on the folder, and upload it");
        assertThrows(UnsupportedFeatureException.class, () -> store.listFolder(""));
        assertThrows(UnsupportedFeatureException.class, () -> store.holds("folder/"));
        ObjectInfo info = new ObjectInfo("folder/object", 1, new Version("1"));
        for (CopickException refused : List.of(
                assertThrows(ReadOnlyException.class, () -> store.write("a", new byte[1], WriteCondition.ANY)),
                assertThrows(ReadOnlyException.class, () -> store.writer("a", WriteCondition.ANY)),
                assertThrows(ReadOnlyException.class, () -> store.copy(info, "a")),
                assertThrows(ReadOnlyException.class, () -> store.delete("a")),
                assertThrows(ReadOnlyException.class, () -> store.deleteAll(List.of("a", "b"))),
                assertThrows(ReadOnlyException.class, () -> store.deletePrefix("a/")),
                assertThrows(ReadOnlyException.class, () -> store.replacePrefix("b/", "a/", WriteCondition.ANY)))) {
            assertTells(refused, server.url() + "/a");
            assertTells(refused, "web servers are only read; keep changes in an overlay on another storage");
        }
        assertEquals(List.of(), server.seen(), "no request is sent");
    }

    private static void assertTells(CopickException e, String expected) {
        assertTrue(String.valueOf(e.getMessage()).contains(expected), () -> expected + " in: " + e.getMessage());
    }
}
