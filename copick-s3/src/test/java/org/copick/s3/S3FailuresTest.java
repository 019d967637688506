package org.copick.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.copick.error.AccessDeniedException;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.s3.server.Exchange;
import org.copick.s3.server.FaultyProxy;
import org.copick.s3.server.FaultyProxy.Answer;
import org.copick.s3.server.FaultyProxy.Cut;
import org.copick.s3.server.FaultyProxy.Reset;
import org.copick.s3.server.FaultyProxy.Stall;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between us and the service, and what the user is told. */
class S3FailuresTest {
    private static final byte[] CONTENT = "0123456789".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    private final S3UnderTest place = newPlace();
    private final FaultyProxy proxy =
            new FaultyProxy(URI.create(String.valueOf(place.options().get("endpoint_url"))));
    private final ObjectStore store = open(proxy.endpoint(), Map.of());

    S3UnderTest newPlace() {
        return S3ProxyUnderTest.place();
    }

    @BeforeEach
    void fill() {
        try (ObjectStore direct = place.open()) {
            direct.write("object", CONTENT, WriteCondition.ANY);
        }
    }

    @AfterEach
    void close() {
        store.close();
        proxy.close();
        place.remove();
    }

    private ObjectStore open(URI endpoint, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(place.options());
        options.put("endpoint_url", endpoint.toString());
        options.put(
                "config_kwargs", Map.of("read_timeout", 1, "connect_timeout", 1, "retries", Map.of("max_attempts", 3)));
        options.putAll(more);
        return new S3StorageProvider().open(new StoreAddress(place.rootUrl(), options, null));
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, access is denied",
        "403, InvalidAccessKeyId, check key and secret",
        "403, SignatureDoesNotMatch, check key and secret",
        "400, ExpiredToken, the credentials have expired",
        "403, RequestTimeTooSkewed, clock is wrong",
    })
    void refusalsSayWhatToDo(int status, String code, String expected) {
        proxy.harm(request -> true, 100, Answer.error(status, code, ""));
        for (CopickException e : List.of(
                assertThrows(AccessDeniedException.class, () -> store.read("object")),
                assertThrows(AccessDeniedException.class, () -> store.listLevel("")),
                assertThrows(AccessDeniedException.class, () -> store.write("new", new byte[1], WriteCondition.ANY)))) {
            assertTells(e, expected);
            assertTells(e, code);
            assertTells(e, proxy.endpoint().toString());
        }
    }

    @Test
    void aBucketThatIsNotThereIsNotAnObjectThatIsNotThere() {
        try (ObjectStore none =
                new S3StorageProvider().open(new StoreAddress("s3://no-such-bucket/folder", place.options(), null))) {
            for (CopickException e : List.of(
                    assertThrows(NotFoundException.class, () -> none.read("object")),
                    assertThrows(NotFoundException.class, () -> none.info("object")),
                    assertThrows(NotFoundException.class, () -> none.listLevel("")),
                    assertThrows(NotFoundException.class, () -> none.write("a", new byte[1], WriteCondition.ANY)))) {
                assertTells(e, "no such bucket");
            }
        }
        assertTrue(store.read("missing").isEmpty());
        assertTrue(store.info("missing").isEmpty());
    }

    @Test
    void anotherRegionIsNamed() {
        proxy.harm(request -> true, 100, Answer.error(301, "PermanentRedirect", "x-amz-bucket-region: eu-west-7\r\n"));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTells(e, "another region");
        assertTells(e, "eu-west-7");
    }

    @Test
    void aHostThatMeansNothing() {
        assertTells(failure("http://no-such-host.invalid:9000"), "host is not known");
    }

    @Test
    void aPortWhereNobodyListens() {
        assertTells(failure("http://127.0.0.1:1"), "nothing answers there");
    }

    @Test
    void encryptionWhereThereIsNone() {
        assertTells(
                failure(String.valueOf(place.options().get("endpoint_url")).replace("http:", "https:")),
                "no trusted connection");
    }

    private CopickException failure(String endpoint) {
        try (ObjectStore other = open(URI.create(endpoint), Map.of())) {
            return assertThrows(StorageException.class, () -> other.read("object"));
        }
    }

    @Test
    void throttlingIsWaitedOut() {
        proxy.harm(request -> true, 2, Answer.error(503, "SlowDown", ""));
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertEquals(3, proxy.exchanges().size());
    }

    @Test
    void throttlingWithoutEndIsTold() {
        proxy.harm(request -> true, 100, Answer.error(503, "SlowDown", ""));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTrue(e.mayBeTransient());
        assertTells(e, "slow down");
        assertEquals(4, proxy.exchanges().size(), "one attempt and as many more as the options allow");
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
        proxy.harm(request -> true, 100, new Stall(Duration.ofSeconds(20)));
        StorageException e = assertThrows(StorageException.class, () -> store.read("object"));
        assertTrue(e.mayBeTransient());
        assertTells(e, "took too long");
    }

    @Test
    void aWriteWhoseAnswerWasLostIsOneOfOurs() {
        proxy.harm(request -> request.method().equals("PUT"), 1, new Reset(true));
        ObjectInfo written = ours(proxy).write("new", CONTENT, WriteCondition.IF_ABSENT);
        assertEquals(written, store.info("new").orElseThrow());
        assertThrows(
                AlreadyExistsException.class, () -> ours(proxy).write("new", new byte[1], WriteCondition.IF_ABSENT));
    }

    /** The same place, of which it is known what it honours, so that nothing is tried out. */
    private ObjectStore ours(FaultyProxy through) {
        Map<String, Object> options = new HashMap<>(place.options());
        options.put("endpoint_url", through.endpoint().toString());
        return new S3UnderTest(place.bucket(), place.prefix(), options, ConditionalWrites.ALL, place.quirks()).open();
    }

    @Test
    void aServiceThatIgnoresConditionsIsFoundOut() {
        proxy.harm(
                request -> request.method().equals("PUT")
                        && !(request.header("if-none-match") + request.header("if-match")).isEmpty(),
                1000,
                new Answer(200, "ETag: \"of-whatever-came-last\"\r\n", ""));
        assertEquals(
                Set.of(StoreCapability.WRITE, StoreCapability.REMOTE, StoreCapability.FLAT_LISTING),
                store.capabilities());
        assertThrows(
                UnsupportedFeatureException.class, () -> store.write("object", new byte[1], WriteCondition.IF_ABSENT));
        assertArrayEquals(CONTENT, store.read("object").orElseThrow().bytes());
        assertEquals(
                List.of("object"),
                store.list("", null, 10).objects().stream().map(ObjectInfo::key).toList(),
                "nothing of the trial is left");
    }

    @Test
    void whatAServiceHonoursIsTriedOnceAndOnlyToWrite() {
        assertTrue(store.can(StoreCapability.WRITE));
        assertFalse(store.can(StoreCapability.REPLACE_PREFIX));
        store.read("object");
        assertEquals(1, proxy.exchanges().size());
        store.write("a", new byte[1], WriteCondition.IF_ABSENT);
        assertTrue(proxy.exchanges().size() > 1);
        store.write("b", new byte[1], WriteCondition.IF_ABSENT);
        try (ObjectStore another = open(proxy.endpoint(), Map.of())) {
            another.write("c", new byte[1], WriteCondition.IF_ABSENT);
        }
        assertEquals(
                List.of("PUT", "PUT"),
                proxy.exchanges().stream().map(done -> done.request().method()).toList());
    }

    @Test
    void whatCannotBeDeletedIsTold() {
        store.write("other", CONTENT, WriteCondition.ANY);
        proxy.harm(
                request -> request.method().equals("POST"),
                1,
                new Answer(
                        200,
                        "Content-Type: application/xml\r\n",
                        "<?xml version=\"1.0\"?><DeleteResult><Error><Key>" + place.prefix()
                                + "/object</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"));
        AccessDeniedException e =
                assertThrows(AccessDeniedException.class, () -> store.deleteAll(List.of("object", "other")));
        assertTells(e, "/object");
    }

    @Test
    void anInterruptEndsARequestThatWaits() throws Exception {
        proxy.harm(request -> true, 100, new Stall(Duration.ofSeconds(60)));
        try (ObjectStore patient = open(proxy.endpoint(), Map.of("config_kwargs", Map.of("read_timeout", 50)))) {
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            Thread reading =
                    new Thread(() -> told.complete(assertThrows(CopickException.class, () -> patient.read("object"))));
            reading.start();
            awaitRequest();
            reading.interrupt();
            assertInstanceOf(OperationInterruptedException.class, told.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void closingEndsRequestsThatWait() throws InterruptedException {
        proxy.harm(request -> true, 100, new Stall(Duration.ofSeconds(60)));
        ObjectStore patient = open(proxy.endpoint(), Map.of("config_kwargs", Map.of("read_timeout", 50)));
        CompletableFuture<Object> reading = CompletableFuture.supplyAsync(() -> patient.read("object"));
        awaitRequest();
        patient.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> reading.get(10, TimeUnit.SECONDS));
        assertInstanceOf(ClosedException.class, e.getCause());
    }

    private void awaitRequest() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            if (!proxy.exchanges().isEmpty()) {
                Thread.sleep(50);
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no request came");
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
                        try (ObjectStore direct = place.open()) {
                            direct.write("object", other, WriteCondition.ANY);
                        }
                    }
                    return false;
                },
                1,
                new Reset(false));
        List<byte[]> parts = store.readRanges("object", far, null).orElseThrow().parts();
        assertEquals(parts.get(0)[0], parts.get(1)[0], "both are of one state");
    }

    @Test
    void noMessageHoldsACredential() {
        proxy.harm(request -> true, 1000, Answer.error(403, "SignatureDoesNotMatch", ""));
        StringWriter text = new StringWriter();
        String secretive = "do-not-tell-this";
        try (ObjectStore other =
                open(proxy.endpoint(), Map.of("key", secretive, "secret", secretive, "token", secretive))) {
            assertThrows(AccessDeniedException.class, () -> other.read("object"))
                    .printStackTrace(new PrintWriter(text));
            text.append(other.toString()).append(other.location());
        }
        assertFalse(text.toString().contains(secretive), text.toString());
    }

    @Test
    void requestsAreLoggedAsTheServerSeesThem() {
        proxy.delay(Duration.ofMillis(100)); // so that it shows which wait for each other
        store.readRanges("object", List.of(ByteRange.of(0, 10), ByteRange.of(20, 10), ByteRange.of(99_000, 5)), null);
        List<Exchange> seen = proxy.exchanges();
        assertEquals(2, seen.size(), "near ranges are one request");
        assertEquals(1, Exchange.rounds(seen), "and the far one goes beside it");
        assertEquals(35, seen.stream().mapToInt(Exchange::received).sum(), "30 bytes and 5");
    }

    private static void assertTells(CopickException e, String expected) {
        assertTrue(String.valueOf(e.getMessage()).contains(expected), () -> expected + " in: " + e.getMessage());
    }
}
