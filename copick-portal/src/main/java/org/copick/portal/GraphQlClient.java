package org.copick.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.copick.error.CopickException;
import org.copick.error.StorageException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.copick.storage.remote.FailureKind;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.Retries;

/**
 * Sends queries to a GraphQL service.
 *
 * <p>Transient failures are retried: lost connections, timeouts, the statuses 408, 429, 500, 502, 503 and 504. Errors
 * that the service reports in its answer are not, because the service has processed the query. At most {@value
 * #AT_ONCE} requests run at a time: each list of a query takes one of the ten database connections of a worker. Safe
 * for use by many threads.
 */
final class GraphQlClient implements AutoCloseable {
    /** Maximum number of simultaneous requests. */
    static final int AT_ONCE = 3;

    /** Largest accepted answer in bytes. A page of 50 runs has about 1 MB. */
    private static final long MOST_BYTES = 256L << 20;
    /** Attempts of a request that can be divided: dividing helps more than repeating. */
    private static final int ATTEMPTS_IF_DIVISIBLE = 2;
    /** Longest message of the service in an exception, in characters. */
    private static final int MOST_OF_MESSAGE = 300;

    private final URI address;
    private final PortalTimes times;
    private final long mostBytes;
    private final HttpClient http;
    private final Requests requests;
    private final Semaphore free = new Semaphore(AT_ONCE, true);

    GraphQlClient(URI address, PortalTimes times) {
        this(address, times, MOST_BYTES);
    }

    /**
     * Creates a client.
     *
     * @param mostBytes the largest accepted answer
     */
    GraphQlClient(URI address, PortalTimes times, long mostBytes) {
        this.address = address;
        this.times = times;
        this.mostBytes = mostBytes;
        this.requests = new Requests(address.toString());
        this.http = HttpClient.newBuilder()
                .connectTimeout(times.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * A query with its variables.
     *
     * @param purpose what the query is for, to complete messages that begin with "cannot"
     * @param query the query's text
     * @param variables the values of its variables
     * @param divisible whether the caller can ask for fewer rows instead
     */
    record Question(String purpose, PortalQuery query, ObjectNode variables, boolean divisible) {}

    /** The answer to a question, or the reason to ask for less. */
    record Answer(Optional<JsonNode> data) {
        boolean isTooLarge() {
            return data.isEmpty();
        }
    }

    /**
     * Sends one query and returns the {@code data} of the answer.
     *
     * @throws StorageException if the service cannot be reached, fails or reports an error
     */
    JsonNode ask(String purpose, PortalQuery query, ObjectNode variables) {
        return askAll(List.of(new Question(purpose, query, variables, false)))
                .get(0)
                .data()
                .orElseThrow();
    }

    /**
     * Sends several queries in parallel. The answers are in the order of the questions; those to divisible questions
     * may be too large.
     *
     * @throws StorageException if the service cannot be reached, fails or reports an error
     */
    List<Answer> askAll(List<Question> questions) {
        List<Answer> answers = new ArrayList<>();
        // no more at a time than may run, so that the time limit does not include the wait for others
        for (int begin = 0; begin < questions.size(); begin += AT_ONCE) {
            List<Question> group = questions.subList(begin, Math.min(begin + AT_ONCE, questions.size()));
            Requests.Request request =
                    new Requests.Request(group.get(0).purpose() + " from", address.toString(), times.total());
            answers.addAll(requests.all(
                    request,
                    group.stream()
                            .map(question -> (java.util.concurrent.Callable<Answer>) () -> answer(question))
                            .toList()));
        }
        return answers;
    }

    private Answer answer(Question question) throws Exception {
        try {
            int attempts = question.divisible() ? Math.min(times.attempts(), ATTEMPTS_IF_DIVISIBLE) : times.attempts();
            return new Answer(
                    Optional.of(Retries.run(attempts, GraphQlClient::waitAfter, attempt -> attempt(question))));
        } catch (TooLargeException e) {
            if (question.divisible()) {
                return new Answer(Optional.empty());
            }
            throw failure(question, e.reason());
        } catch (IOException e) {
            throw failure(question, e);
        }
    }

    private JsonNode attempt(Question question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(times.answer())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "copick-java")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(question)))
                .build();
        free.acquire();
        try {
            return data(exchange(request));
        } finally {
            free.release();
        }
    }

    private static byte[] body(Question question) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", question.query().text());
        body.put("operationName", question.query().operation());
        body.set("variables", question.variables());
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a request. The timeout includes the body, which the client's own timeout does not. */
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, info -> new LimitedBody(mostBytes));
        try {
            return sent.get(times.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TooLargeException(slow(e));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof HttpTimeoutException timeout
                    && !(cause instanceof java.net.http.HttpConnectTimeoutException)) {
                throw new TooLargeException(timeout);
            }
            throw cause instanceof IOException failure ? failure : new IOException(cause);
        } finally {
            sent.cancel(true);
        }
    }

    private HttpTimeoutException slow(TimeoutException cause) {
        HttpTimeoutException slow =
                new HttpTimeoutException("no answer within " + times.answer().toMillis() + " ms");
        slow.initCause(cause);
        return slow;
    }

    /** Returns the data of an answer that reports no errors. */
    private static JsonNode data(HttpResponse<byte[]> response) throws IOException {
        JsonNode answer;
        try {
            answer = JsonTree.read(response.body());
        } catch (JsonProcessingException e) {
            if (response.statusCode() == 200) {
                throw new ServiceErrorException("the answer is not JSON: " + JsonFailure.text(e));
            }
            throw refusal(response, "");
        }
        String errors = errors(answer.path("errors"));
        // some services report an invalid query with status 400
        if (!errors.isEmpty() && (response.statusCode() == 200 || response.statusCode() == 400)) {
            throw new ServiceErrorException("the service reports: " + errors);
        }
        if (response.statusCode() != 200) {
            throw refusal(response, shortened(answer.path("message").asText("")));
        }
        if (!answer.path("data").isObject()) {
            throw new ServiceErrorException("the answer has no data");
        }
        return answer.path("data");
    }

    private static PortalRefusal refusal(HttpResponse<byte[]> response, String detail) throws TooLargeException {
        PortalRefusal refusal = new PortalRefusal(response.statusCode(), retryAfter(response.headers()), detail);
        if (refusal.isTooLarge()) {
            throw new TooLargeException(refusal);
        }
        return refusal;
    }

    private static String errors(JsonNode errors) {
        StringBuilder text = new StringBuilder();
        for (JsonNode error : errors) {
            text.append(text.isEmpty() ? "" : "; ").append(error.path("message").asText("an error without message"));
        }
        return shortened(text.toString());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MOST_OF_MESSAGE ? line : line.substring(0, MOST_OF_MESSAGE) + "…";
    }

    /** Returns the wait of a {@code Retry-After} header; zero without a valid one. */
    static Duration retryAfter(HttpHeaders headers) {
        return Retries.after(headers.firstValue("Retry-After").orElse(null));
    }

    /** Returns the minimum wait before another attempt; empty if another attempt cannot help. */
    private static Optional<Duration> waitAfter(Exception failure) {
        if (failure instanceof TooLargeException tooLarge) {
            return Optional.of(
                    tooLarge.reason() instanceof PortalRefusal refusal ? refusal.retryAfter() : Duration.ZERO);
        }
        if (failure instanceof PortalRefusal refusal) {
            return refusal.isTransient() ? Optional.of(refusal.retryAfter()) : Optional.empty();
        }
        boolean broken = failure instanceof IOException && !(failure instanceof ServiceErrorException);
        return broken && kind(failure) != FailureKind.TLS && kind(failure) != FailureKind.OTHER
                ? Optional.of(Duration.ZERO)
                : Optional.empty();
    }

    private static FailureKind kind(Exception failure) {
        if (failure instanceof PortalRefusal refusal) {
            return refusal.status() == 429 || refusal.status() == 503
                    ? FailureKind.THROTTLED
                    : FailureKind.ofStatus(refusal.status());
        }
        if (failure instanceof HttpTimeoutException
                && !(failure instanceof java.net.http.HttpConnectTimeoutException)) {
            return FailureKind.TOO_SLOW;
        }
        // the client reports a connection that ends early as a plain IOException
        boolean endedEarly = String.valueOf(failure.getMessage()).contains("received no bytes")
                || failure.getCause() instanceof EOFException;
        return endedEarly ? FailureKind.RESET : FailureKind.of(failure);
    }

    private CopickException failure(Question question, Exception failure) {
        String operation = question.purpose() + " from";
        if (failure instanceof ServiceErrorException) {
            return new StorageException("cannot " + operation + " " + address + ": " + failure.getMessage(), failure);
        }
        String detail = failure instanceof ConnectException || failure.getMessage() == null
                ? ""
                : shortened(failure.getMessage());
        return kind(failure).failure(operation, address.toString(), detail, failure);
    }

    /** Cancels running requests; later ones throw {@link org.copick.error.ClosedException}. */
    @Override
    public void close() {
        requests.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
