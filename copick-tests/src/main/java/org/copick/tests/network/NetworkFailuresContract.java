package org.copick.tests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.copick.error.AccessDeniedException;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.FaultyProxy.Cut;
import org.copick.tests.network.FaultyProxy.Drip;
import org.copick.tests.network.FaultyProxy.Endless;
import org.copick.tests.network.FaultyProxy.Reset;
import org.copick.tests.network.FaultyProxy.Stall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests failures between a store and its service, and the messages that users get.
 *
 * <p>A store that makes its requests with {@link org.copick.storage.remote.Requests} throws these exceptions. Any other
 * store must throw the same ones, with the quoted words in their messages:
 * <ul>
 *   <li>permission is refused: {@link AccessDeniedException}, "access is denied", with the URL of the service
 *   <li>the bucket does not exist: {@link NotFoundException}, "no such bucket"
 *   <li>throttled at every attempt: transient {@link StorageException}, "slow down"
 *   <li>the connection breaks at every attempt: transient {@link StorageException}, "connection was lost"
 *   <li>no answer, or one that arrives too slowly: transient {@link StorageException}, "took too long"
 *   <li>a listing without end: lasting {@link StorageException}, "longer than 8 MiB"
 *   <li>a listing of other keys than those requested: {@link StorageException}, with the first such key
 *   <li>a page that begins before its start: {@link StorageException}, "does not go on after" with the start, or no
 *       objects
 *   <li>deleted objects that stay: {@link StorageException}, "deleted are listed again"
 *   <li>an unknown host: {@link StorageException}, "host name could not be resolved"
 *   <li>a closed port: {@link StorageException}, "nothing answers there"
 *   <li>no TLS where it is expected: {@link StorageException}, "no trusted connection"
 *   <li>an interrupt: {@link OperationInterruptedException}; a store that is closed during a call:
 *       {@link ClosedException}
 * </ul>
 */
public abstract class NetworkFailuresContract {
    private static final byte[] CONTENT = "0123456789".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** A time-out that no answer exceeds, even on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(50);

    private final NetworkUnderTest place;
    private final FaultyProxy proxy;
    private final ObjectStore store;

    /**
     * Tests failures of the store at this place, which must be new.
     *
     * @param place a new place of the server
     */
    protected NetworkFailuresContract(NetworkUnderTest place) {
        this.place = place;
        this.proxy = new FaultyProxy(place.endpoint());
        this.store = place.open(proxy.endpoint(), LONG);
    }

    /** {@return the proxy between the store and the service} */
    protected final FaultyProxy proxy() {
        return proxy;
    }

    /** {@return the store, which reaches the service through the proxy and holds {@code object}} */
    protected final ObjectStore store() {
        return store;
    }

    @BeforeEach
    final void fill() throws Exception {
        place.fill(Map.of("object", CONTENT));
    }

    @AfterEach
    final void close() throws Exception {
        store.close();
        proxy.close();
        place.remove();
    }

    @Test
    void whatIsNotAllowedIsTold() {
        proxy.harm(request -> true, 100, place.refusal());
        for (CopickException e : List.of(
                assertThrows(AccessDeniedException.class, () -> store.read("object")),
                assertThrows(AccessDeniedException.class, () -> store.info("object")),
                assertThrows(AccessDeniedException.class, () -> store.listFolder("")),
                assertThrows(AccessDeniedException.class, () -> store.delete("object")),
                assertThrows(AccessDeniedException.class, () -> store.write("new", new byte[1], WriteCondition.ANY)))) {
            assertTells(e, "access is denied");
            assertTells(e, proxy.endpoint().toString());
        }
    }

    @Test
    void aBucketThatIsNotThereIsNotAnObjectThatIsNotThere() {
        try (ObjectStore none = place.openMissingBucket()) {
            for (CopickException e : List.of(
                    assertThrows(NotFoundException.class, () -> none.read("object")),
                    assertThrows(NotFoundException.class, () -> none.info("object")),
                    assertThrows(NotFoundException.class, () -> none.listFolder("")),
                    assertThrows(NotFoundException.class, () -> none.write("a", new byte[1], WriteCondition.ANY)),
                    assertThrows(NotFoundException.class, () -> none.delete("object")),
                    assertThrows(NotFoundException.class, () -> none.deleteAll(List.of("object", "other"))),
                    assertThrows(NotFoundException.class, () -> none.deletePrefix("folder/")),
                    // a deletion does not make the store believe in the bucket
                    assertThrows(NotFoundException.class, () -> none.read("object")))) {
                assertTells(e, "no such bucket");
            }
        }
        assertTrue(store.read("missing").isEmpty());
        assertTrue(store.info("missing").isEmpty());
    }

    /** Checks a faulty service that ignores the prefix of a listing and lists the whole bucket. */
    @Test
    void aListingOfOtherObjectsIsRefusedAndNothingDeleted() {
        proxy.harm(request -> place.kind(request).equals("LIST"), 100, place.listing("elsewhere/precious"));
        for (StorageException e : List.of(
                assertThrows(StorageException.class, () -> store.list("folder/", null, 10)),
                assertThrows(StorageException.class, () -> store.listFolder("folder/")),
                assertThrows(StorageException.class, () -> store.listFolder("")),
                assertThrows(StorageException.class, () -> store.deletePrefix("folder/")))) {
            assertTells(e, "elsewhere/precious");
        }
        assertTrue(
                proxy.exchanges().stream()
                        .allMatch(done -> place.kind(done.request()).equals("LIST")),
                () -> "only listings are requested: " + proxy.exchanges());
    }

    @Test
    void throttlingIsWaitedOut() {
        proxy.harm(request -> true, 2, place.throttling());
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertEquals(3, proxy.exchanges().size());
    }

    @Test
    void throttlingWithoutEndIsTold() {
        proxy.harm(request -> true, 100, place.throttling());
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTrue(e.mayBeTransient());
        assertTells(e, "slow down");
        assertEquals(NetworkUnderTest.ATTEMPTS, proxy.exchanges().size());
    }

    @Test
    void aBrokenConnectionIsMadeAnew() {
        proxy.harm(request -> true, 1, new Reset(false));
        proxy.harm(request -> true, 1, new Cut(5_000));
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        proxy.harm(request -> true, 1, new Cut(50));
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
    void silenceIsNotWaitedForForever() {
        proxy.harm(request -> true, 100, new Stall(LONG));
        try (ObjectStore hasty = place.open(proxy.endpoint(), SHORT)) {
            StorageException e = assertThrows(StorageException.class, () -> hasty.read("object"));
            assertTrue(e.mayBeTransient());
            assertTells(e, "took too long");
        }
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        proxy.harm(request -> true, 100, new Drip(Duration.ofMillis(10)));
        try (ObjectStore hasty = place.open(proxy.endpoint(), Duration.ofMillis(300))) {
            for (StorageException e : List.of(
                    assertThrows(StorageException.class, () -> hasty.read("object")),
                    assertThrows(StorageException.class, () -> hasty.listFolder("")))) {
                assertTrue(e.mayBeTransient());
                assertTells(e, "took too long");
            }
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        String name = "endless";
        Answer listing = place.listing(name);
        String begin = listing.body().substring(0, listing.body().indexOf(name));
        proxy.harm(request -> true, 1, new Endless(new Answer(200, listing.headers(), begin)));
        StorageException e = assertThrows(StorageException.class, () -> store.listFolder(""));
        assertTells(e, "longer than 8 MiB");
        assertFalse(e.mayBeTransient(), "an endless listing is not retried");
        assertEquals(1, proxy.exchanges().size());

        proxy.harm(request -> true, 100, new Endless(new Answer(403, listing.headers(), begin)));
        assertThrows(CopickException.class, () -> store.read("object"));
        assertThrows(CopickException.class, () -> store.listFolder(""));
        assertThrows(CopickException.class, () -> store.write("new", new byte[1], WriteCondition.ANY));
        assertThrows(CopickException.class, () -> store.deleteAll(List.of("object", "other")));
        proxy.heal();
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
    }

    @Test
    void aListingNeverGoesBack() {
        proxy.harm(request -> place.kind(request).equals("LIST"), 100, place.listing(inBucket("object")));
        try {
            assertEquals(List.of(), store.list("", "other", 10).objects());
        } catch (StorageException e) {
            assertTells(e, "does not go on after other");
        }
    }

    @Test
    void objectsThatStayAreNotDeletedForever() {
        proxy.harm(request -> place.kind(request).equals("LIST"), 1000, place.listing(inBucket("folder/object")));
        StorageException e = assertThrows(StorageException.class, () -> store.deletePrefix("folder/"));
        assertTells(e, "deleted are listed again");
    }

    private String inBucket(String key) {
        return place.rootUrl().replaceFirst("[^:]*://[^/]*/?", "") + "/" + key;
    }

    @Test
    void anInterruptEndsARequestThatWaits() throws Exception {
        proxy.harm(request -> true, 100, new Stall(Duration.ofSeconds(60)));
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread reading =
                new Thread(() -> told.complete(assertThrows(CopickException.class, () -> store.read("object"))));
        reading.start();
        proxy.awaitRequest(request -> true);
        reading.interrupt();
        assertInstanceOf(OperationInterruptedException.class, told.get(40, TimeUnit.SECONDS));
    }

    @Test
    void closingEndsRequestsThatWait() throws InterruptedException {
        proxy.harm(request -> true, 100, new Stall(Duration.ofSeconds(60)));
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
                        replace(other);
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
            store.write("new", new byte[10], WriteCondition.ANY);
            store.listFolder("");
            store.deleteAll(List.of("new"));
        }
        if (place.keepsConnections()) {
            assertEquals(1, proxy.connections());
        }
    }

    @Test
    void requestsAreLoggedAsTheServerSeesThem() {
        List<ByteRange> ranges = List.of(ByteRange.of(0, 10), ByteRange.of(20, 10), ByteRange.of(99_000, 5));
        // adjacent ranges are fetched by one request; the distant range is fetched concurrently
        List<Exchange> seen = proxy.inRounds(() -> store.readRanges("object", ranges, null), 2);
        assertEquals(35, seen.stream().mapToInt(Exchange::received).sum(), "a request of 30 bytes and one of 5");
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
    void encryptionWhereThereIsNone() throws Exception {
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

    private void replace(byte[] content) {
        try {
            place.fill(Map.of("object", content));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private CopickException failure(String endpoint) {
        try (ObjectStore other = place.open(URI.create(endpoint), SHORT)) {
            return assertThrows(StorageException.class, () -> other.read("object"));
        }
    }

    @Test
    void aWriteWhoseAnswerWasLostIsOneOfOurs() throws Exception {
        try (ObjectStore direct = place.open()) {
            for (StoreCapability needed :
                    List.of(StoreCapability.CREATE_IF_ABSENT, StoreCapability.REPLACE_IF_VERSION)) {
                if (!direct.can(needed) || !store.can(needed)) { // lets the store probe the service before the fault
                    continue;
                }
                WriteCondition condition = needed == StoreCapability.CREATE_IF_ABSENT
                        ? WriteCondition.IF_ABSENT
                        : WriteCondition.ifVersion(
                                store.info("object").orElseThrow().version());
                String key = needed == StoreCapability.CREATE_IF_ABSENT ? "new" : "object";
                proxy.harm(request -> place.kind(request).equals("PUT"), 1, new Reset(true));
                ObjectInfo written = store.write(key, new byte[77], condition);
                assertEquals(written, store.info(key).orElseThrow());
                assertThrows(CopickException.class, () -> store.write(key, new byte[1], condition));
                assertEquals(written, store.info(key).orElseThrow());
            }
        }
    }

    @Test
    void noMessageHoldsACredential() {
        proxy.harm(request -> true, 1000, place.refusal());
        StringWriter text = new StringWriter();
        String secretive = "do-not-tell-this";
        try (ObjectStore other = place.openWith(proxy.endpoint(), secretive)) {
            assertThrows(AccessDeniedException.class, () -> other.read("object"))
                    .printStackTrace(new PrintWriter(text));
            text.append(other.toString()).append(other.location());
        }
        assertFalse(text.toString().contains(secretive), text.toString());
    }

    /**
     * Fails unless the message contains the expected text.
     *
     * @param e the exception
     * @param expected a part of its message
     */
    protected static void assertTells(CopickException e, String expected) {
        assertTrue(String.valueOf(e.getMessage()).contains(expected), () -> expected + " in: " + e.getMessage());
    }
}
