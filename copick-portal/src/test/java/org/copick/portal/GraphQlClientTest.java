package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.error.ClosedException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.portal.GraphQlClient.Answer;
import org.copick.portal.GraphQlClient.Question;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GraphQlClientTest {
    private static final PortalTimes TIMES =
            new PortalTimes(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(120), 4);

    private PortalServer server;
    private GraphQlClient client;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
        client = new GraphQlClient(server.address(), TIMES);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ObjectNode datasets(long... ids) {
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        var in = variables.putObject("run").putObject("datasetId").putArray("_in");
        for (long id : ids) {
            in.add(id);
        }
        return variables;
    }

    private JsonNode runs() {
        return client.ask("list runs", PortalQuery.RUNS, datasets(10501, 10502));
    }

    private StorageException failure() {
        return assertThrows(StorageException.class, this::runs);
    }

    @Test
    void sendsStaticQueriesWithVariables() {
        List<RunRow> runs = RunRows.rows(runs(), "runs", RunRow::of);
        assertEquals(
                List.of(
                        new RunRow(20001, "TS_001", 10501L),
                        new RunRow(20002, "TS_002", 10501L),
                        new RunRow(20003, "TS_001", 10502L),
                        new RunRow(20004, "nothing yet", 10502L)),
                runs);
        PortalServer.Asked asked = server.asked().get(0);
        assertEquals(PortalQuery.RUNS.text(), asked.query());
        assertEquals(
                "{\"run\":{\"datasetId\":{\"_in\":[10501,10502]}}}",
                asked.variables().toString());
    }

    @Test
    void noQueryAsksForWhatNobodySees() {
        for (PortalQuery query : PortalQuery.values()) {
            assertFalse(query.text().contains("neuroglancerConfig"), query.name());
            assertFalse(query.text().contains("edges"), query.name());
        }
    }

    @Test
    void retriesWhatMayPass() {
        for (int status : new int[] {408, 429, 500, 502, 503, 504}) {
            server.fail(status, 1);
            assertEquals(4, runs().path("runs").size());
            assertEquals(List.of("Runs", "Runs"), server.operations(), "status " + status);
        }
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        server.fail(503, 10);
        StorageException failure = failure();
        assertTrue(failure.mayBeTransient());
        assertEquals(
                "cannot list runs from " + server.address()
                        + ": the service asks to slow down (HTTP status 503: out of order); try again later",
                failure.getMessage());
        assertEquals(4, server.operations().size());
    }

    @Test
    void reportsErrorsOfTheServiceAtOnce() {
        server.error("Cannot query field \"x\" on type \"Run\".");
        StorageException failure = failure();
        assertFalse(failure.mayBeTransient());
        assertEquals(
                "cannot list runs from " + server.address()
                        + ": the service reports: Cannot query field \"x\" on type \"Run\".",
                failure.getMessage());
        assertEquals(1, server.operations().size());
    }

    @Test
    void reportsInvalidQueriesAtOnce() {
        server.answer(400, "{\"errors\": [{\"message\": \"no\\nsuch \\u0007 field\"}]}");
        assertTrue(String.valueOf(failure().getMessage()).endsWith("the service reports: no such field"));
        assertEquals(1, server.operations().size());
    }

    @Test
    void refusesAnswersThatAreNone() {
        for (String body : List.of("", "<html>", "[]", "{}", "{\"data\": null}", "{\"data\": 1}")) {
            server.answer(200, body);
            failure();
            assertEquals(1, server.operations().size(), body);
        }
    }

    @Test
    void doesNotRepeatWhatCannotPass() {
        for (int status : new int[] {301, 400, 401, 403, 404, 413, 501}) {
            server.fail(status, 1);
            assertFalse(failure().mayBeTransient());
            assertEquals(1, server.operations().size(), "status " + status);
        }
    }

    @Test
    void shortensLongMessages() {
        server.error("x".repeat(100_000));
        assertTrue(String.valueOf(failure().getMessage()).length() < 500);
    }

    @Test
    void readsRetryAfter() {
        assertEquals(Duration.ofSeconds(7), retryAfter("7"));
        assertEquals(Duration.ZERO, retryAfter(null));
        assertEquals(Duration.ZERO, retryAfter("soon"));
        assertEquals(Duration.ZERO, retryAfter("-3"));
        assertEquals(Duration.ZERO, retryAfter("99999999999999999999"));
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        assertEquals(Duration.ZERO, retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.minusHours(1))));
        Duration hour = retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusHours(1)));
        assertTrue(hour.toMinutes() >= 58 && hour.toMinutes() <= 60, hour.toString());
    }

    private static Duration retryAfter(@Nullable String value) {
        return GraphQlClient.retryAfter(
                HttpHeaders.of(value == null ? Map.of() : Map.of("Retry-After", List.of(value)), (name, text) -> true));
    }

    @Test
    void saysWhenToAskForLess() {
        server.mostRows(2);
        List<Answer> answers =
                client.askAll(List.of(new Question("list runs", PortalQuery.RUNS, datasets(10501, 10502), true)));
        assertTrue(answers.get(0).isTooLarge());
        assertEquals(2, server.operations().size());
    }

    @Test
    void aSlowAnswerIsTooLarge() {
        CountDownLatch never = new CountDownLatch(1);
        server.hold(never);
        try (GraphQlClient hasty = new GraphQlClient(
                server.address(),
                new PortalTimes(Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofSeconds(60), 2))) {
            Question question = new Question("list runs", PortalQuery.RUNS, datasets(10501), true);
            assertTrue(hasty.askAll(List.of(question)).get(0).isTooLarge());
            StorageException failure = assertThrows(
                    StorageException.class, () -> hasty.ask("list runs", PortalQuery.RUNS, datasets(10501)));
            assertTrue(failure.mayBeTransient());
            assertTrue(String.valueOf(failure.getMessage()).contains("it took too long"), failure.getMessage());
        } finally {
            never.countDown();
        }
    }

    @Test
    void asksFewQuestionsAtATime() {
        List<Question> questions =
                Collections.nCopies(10, new Question("list runs", PortalQuery.RUNS, datasets(10501), true));
        assertEquals(10, client.askAll(questions).size());
        assertTrue(server.mostRunning() <= GraphQlClient.AT_ONCE, server.mostRunning() + " at once");
    }

    @Test
    void namesTheServiceThatIsNotThere() {
        URI address = server.address();
        server.close();
        StorageException failure = failure();
        assertTrue(failure.mayBeTransient());
        assertEquals(
                "cannot list runs from " + address
                        + ": nothing answers there; check the endpoint, and that the service runs",
                failure.getMessage());
    }

    @Test
    void anInterruptEndsARequest() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        server.hold(never);
        boolean[] ended = new boolean[1];
        Thread thread = new Thread(() -> {
            assertThrows(OperationInterruptedException.class, this::runs);
            ended[0] = Thread.currentThread().isInterrupted();
        });
        thread.start();
        while (server.running() == 0) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        never.countDown();
        assertTrue(ended[0]);
    }

    @Test
    void sendsNothingAfterItWasClosed() {
        client.close();
        assertThrows(ClosedException.class, this::runs);
        assertEquals(List.of(), server.operations());
    }

    @Test
    void anAnswerWithoutEndIsRefused() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        AtomicLong sent = new AtomicLong();
        HttpServer endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endless.createContext("/graphql", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = new byte[1 << 16];
            Arrays.fill(blanks, (byte) ' ');
            try (OutputStream out = exchange.getResponseBody()) {
                // the client closes the connection long before
                while (sent.addAndGet(blanks.length) < 1L << 30) {
                    out.write(blanks);
                }
            }
        });
        endless.start();
        URI address = URI.create("http://127.0.0.1:" + endless.getAddress().getPort() + "/graphql");
        try (GraphQlClient limited = new GraphQlClient(address, TIMES, 1 << 20)) {
            StorageException failure = assertThrows(
                    StorageException.class, () -> limited.ask("list runs", PortalQuery.RUNS, datasets(10501)));
            assertEquals(
                    "cannot list runs from " + address + ": it failed (the answer has more than 1 MiB); see the cause",
                    failure.getMessage());
            assertEquals(1, requests.get());
        } finally {
            endless.stop(0);
        }
        assertTrue(sent.get() < 1L << 30, sent + " bytes");
    }
}
