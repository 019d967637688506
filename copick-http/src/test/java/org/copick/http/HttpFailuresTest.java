package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.copick.error.AccessDeniedException;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.tests.network.FaultyProxy;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.FaultyProxy.Cut;
import org.copick.tests.network.FaultyProxy.Drip;
import org.copick.tests.network.FaultyProxy.Endless;
import org.copick.tests.network.FaultyProxy.Reset;
import org.copick.tests.network.FaultyProxy.Stall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Failures between a store and its server. The exceptions and words are those that {@code NetworkFailuresContract}
 * demands of stores that also list and write.
 */
final class HttpFailuresTest {
    private static final byte[] CONTENT = "0123456789".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** A time-out that no answer exceeds, even on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(50);

    private final WebServer server = new WebServer();
    private final FaultyProxy proxy = new FaultyProxy(server.endpoint());
    private final ObjectStore store = HttpUnderTest.open(proxy.endpoint() + "/data", LONG);

    HttpFailuresTest() {
        server.put("object", CONTENT);
    }

    @AfterEach
    void close() {
        store.close();
        proxy.close();
        server.close();
    }

    @Test
    void whatIsNotAllowedIsTold() {
        proxy.harm(request -> true, 100, new Answer(403, "", "<html>secret page</html>"));
        for (CopickException e : List.of(
                assertThrows(AccessDeniedException.class, () -> store.read("object")),
                assertThrows(AccessDeniedException.class, () -> store.info("object")))) {
            assertTells(e, "access is denied");
            assertTells(e, proxy.endpoint().toString());
            assertFalse(String.valueOf(e.getMessage()).contains("secret"), e.getMessage());
        }
        assertEquals(2, proxy.exchanges().size(), "a refusal is not retried");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsRetried(int status) {
        proxy.harm(request -> true, 2, new Answer(status, "Retry-After: 0\r\n", "busy"));
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertEquals(3, proxy.exchanges().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 414, 501, 505, 511, 304, 204})
    void whatDoesNotPassIsToldAtOnce(int status) {
        boolean mayPassLater = status == 505 || status == 511;
        proxy.harm(request -> true, 1, new Answer(status, "", ""));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTells(e, "HTTP " + status);
        assertEquals(mayPassLater, e.mayBeTransient());
        assertEquals(1, proxy.exchanges().size());
    }

    @Test
    void throttlingWithoutEndIsTold() {
        proxy.harm(request -> true, 100, new Answer(429, "", ""));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTrue(e.mayBeTransient());
        assertTells(e, "slow down");
        assertEquals(HttpUnderTest.ATTEMPTS, proxy.exchanges().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/octet-stream\r\n",
                "Content-Type: multipart/byteranges; boundary=b\r\n",
                "Content-Range: bytes 0-3/100000\r\n",
                "Content-Range: bytes 0-3/4\r\n"
            })
    void aPartIsNotTakenForTheWholeObject(String headers) {
        proxy.harm(request -> true, 100, new Answer(206, headers, "0123"));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTells(
                e,
                "cannot read " + store.location() + "/object: the server sent a part although the whole object was"
                        + " requested");
        assertFalse(e.mayBeTransient());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n"})
    void anAnswerWithTwoEndsIsRefused(String contradiction) {
        proxy.harm(request -> true, 100, new Answer(200, contradiction, "4\r\n0123\r\n0\r\n\r\n"));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTells(e, "cannot read " + store.location() + "/object: the service did not send the content's length");
        assertFalse(e.mayBeTransient());
        assertThrows(
                UnsupportedFeatureException.class, () -> store.readRanges("object", List.of(ByteRange.of(0, 2)), null));
    }

    @Test
    void aBrokenConnectionIsMadeAnew() {
        proxy.harm(request -> true, 1, new Reset(false));
        proxy.harm(request -> true, 1, new Cut(5_000));
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        proxy.harm(request -> true, 1, new Cut(2));
        assertEquals(
                "3456",
                new String(
                        store.readRanges("object", List.of(ByteRange.of(3, 4)), null)
                                .orElseThrow()
                                .parts()
                                .get(0),
                        StandardCharsets.UTF_8));
    }

    @Test
    void aConnectionThatAlwaysBreaksIsTold() {
        proxy.harm(request -> true, 100, new Cut(5_000));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTrue(e.mayBeTransient());
        assertTells(e, "connection was lost");
    }

    @Test
    void aConnectionThatEndsBeforeAnyAnswerIsTold() {
        proxy.harm(request -> true, 100, new Reset(false));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTrue(e.mayBeTransient());
        assertTells(e, "connection was lost");
    }

    @Test
    void silenceIsNotWaitedForForever() {
        proxy.harm(request -> true, 100, new Stall(LONG));
        try (ObjectStore hasty = HttpUnderTest.open(proxy.endpoint() + "/data", SHORT)) {
            StorageException e = assertThrows(StorageException.class, () -> hasty.read("object"));
            assertTrue(e.mayBeTransient());
            assertTells(e, "took too long");
        }
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        proxy.harm(request -> true, 100, new Drip(Duration.ofMillis(10)));
        try (ObjectStore hasty = HttpUnderTest.open(proxy.endpoint() + "/data", Duration.ofMillis(300))) {
            StorageException e = assertThrows(StorageException.class, () -> hasty.read("object"));
            assertTrue(e.mayBeTransient());
            assertTells(e, "took too long");
        }
    }

    @Test
    void anErrorWithoutEndIsGivenUp() {
        proxy.harm(request -> true, 100, new Endless(new Answer(403, "", "begin")));
        assertThrows(AccessDeniedException.class, () -> store.read("object"));
        proxy.heal();
        proxy.harm(request -> true, 100, new Endless(new Answer(404, "", "begin")));
        assertTrue(store.read("object").isEmpty());
        proxy.heal();
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
    }

    @Test
    void anInterruptEndsARequestThatWaits() throws Exception {
        proxy.harm(request -> true, 100, new Stall(Duration.ofSeconds(60)));
        interruptWhileReading();
    }

    @Test
    void anInterruptEndsARequestInTheMiddleOfItsContent() throws Exception {
        proxy.harm(request -> true, 100, new Drip(Duration.ofMillis(20)));
        interruptWhileReading();
    }

    private void interruptWhileReading() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread reading =
                new Thread(() -> told.complete(assertThrows(CopickException.class, () -> store.read("object"))));
        reading.start();
        proxy.awaitRequest(request -> true);
        reading.interrupt();
        assertInstanceOf(OperationInterruptedException.class, told.get(40, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingEndsRequestsThatWait(boolean answerBegins) throws InterruptedException {
        proxy.harm(
                request -> true,
                100,
                answerBegins ? new Drip(Duration.ofMillis(20)) : new Stall(Duration.ofSeconds(60)));
        CompletableFuture<Object> reading = CompletableFuture.supplyAsync(() -> store.read("object"));
        proxy.awaitRequest(request -> true);
        store.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> reading.get(40, TimeUnit.SECONDS));
        assertInstanceOf(ClosedException.class, e.getCause());
    }

    @Test
    void anObjectThatIsReplacedWhileItIsReadIsNeverMixed() {
        byte[] other = new byte[CONTENT.length];
        List<ByteRange> far = List.of(ByteRange.of(0, 3), ByteRange.of(90_000, 3));
        boolean[] first = {true};
        proxy.harm(
                request -> {
                    if (first[0] && !request.header("range").isEmpty()) {
                        first[0] = false;
                        server.put("object", other);
                    }
                    return false;
                },
                1,
                new Reset(false));
        List<byte[]> parts = store.readRanges("object", far, null).orElseThrow().parts();
        assertEquals(parts.get(0)[0], parts.get(1)[0], "all ranges come from the same version");
    }

    @Test
    void oneConnectionServesRequestsThatFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            store.read("object");
            store.readRanges("object", List.of(ByteRange.of(10, 50)), null);
            store.info("object");
            store.info("missing");
            store.read("missing");
        }
        assertEquals(1, proxy.connections());
    }

    @Test
    void aHostThatMeansNothing() {
        assertTells(failure("http://no-such-host.invalid:9000"), "host name could not be resolved");
    }

    @Test
    void aPortWhereNobodyListens() {
        assertTells(failure("http://127.0.0.1:1"), "nothing answers there");
    }

    @Test
    void encryptionWhereThereIsNone() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerPlainly(plain));
            answering.setDaemon(true);
            answering.start();
            assertTells(failure("https://127.0.0.1:" + plain.getLocalPort()), "no trusted connection");
        }
    }

    private static void answerPlainly(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                client.getInputStream().read();
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // the client closed the connection, or the test is over
            }
        }
    }

    private static CopickException failure(String url) {
        try (ObjectStore other = HttpUnderTest.open(url, SHORT)) {
            return assertThrows(StorageException.class, () -> other.read("object"));
        }
    }

    private static void assertTells(CopickException e, String expected) {
        assertTrue(String.valueOf(e.getMessage()).contains(expected), () -> expected + " in: " + e.getMessage());
    }
}
