package org.copick.tests.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between an HTTP client and a server on the loopback interface. It logs every request and injects failures.
 */
public final class FaultyProxy implements AutoCloseable {
    /** Longest wait for a request, in seconds; reached only if a client never sends a request that a test waits for. */
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final URI target;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Exchange> log = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile RequestRounds rounds = new RequestRounds();

    /**
     * Creates a proxy to this server.
     *
     * @param target the URL of the server
     */
    public FaultyProxy(URI target) {
        this.target = target;
        listening = FreshPorts.listen(100);
        threads.execute(this::accept);
    }

    /** {@return the URL at which the proxy listens} */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** A failure of a request or its answer. */
    public sealed interface Harm {}

    /**
     * Answers without asking the server.
     *
     * @param status the HTTP status
     * @param headers header lines, each with its line break
     * @param body the content
     */
    public record Answer(int status, String headers, String body) implements Harm {}

    /**
     * Breaks the connection.
     *
     * @param afterServed whether the server handles the request before; otherwise it never receives it
     */
    public record Reset(boolean afterServed) implements Harm {}

    /**
     * Breaks the connection in the request's content.
     *
     * @param bytes the number of bytes that arrive
     */
    public record CutRequest(int bytes) implements Harm {}

    /**
     * Breaks the connection in the answer's content.
     *
     * @param bytes the number of bytes that arrive
     */
    public record Cut(int bytes) implements Harm {}

    /**
     * Does nothing, then breaks the connection.
     *
     * @param time the time before that
     */
    public record Stall(Duration time) implements Harm {}

    /**
     * Passes the answer on byte by byte.
     *
     * @param pause the time before each byte of the content
     */
    public record Drip(Duration pause) implements Harm {}

    /**
     * Answers without asking the server, with content that only ends when the client closes the connection.
     *
     * @param begin the start of the answer; endless filler follows its body
     */
    public record Endless(Answer begin) implements Harm {}

    private static final class Rule {
        final Predicate<Message> applies;
        final Harm harm;
        int times;

        Rule(Predicate<Message> applies, Harm harm, int times) {
            this.applies = applies;
            this.harm = harm;
            this.times = times;
        }
    }

    /**
     * Applies a failure to the next requests that match, {@code times} times.
     *
     * @param requests tests a request
     * @param times the number of requests to strike
     * @param harm the failure
     */
    public void harm(Predicate<Message> requests, int times, Harm harm) {
        synchronized (rules) {
            rules.add(new Rule(requests, harm, times));
        }
    }

    /** Removes all failures. */
    public void heal() {
        synchronized (rules) {
            rules.clear();
        }
    }

    /**
     * Runs work that must send its requests in rounds, and returns the requests.
     *
     * <p>The proxy holds all requests of a round back until the round is complete, then lets them pass together. Fails
     * unless the work sends exactly these requests, those of one round concurrently.
     *
     * @param work makes the requests
     * @param sizes the number of requests in each round
     * @return the requests
     */
    public List<Exchange> inRounds(Runnable work, int... sizes) {
        exchanges();
        RequestRounds expected = new RequestRounds(sizes);
        rounds = expected;
        try {
            work.run();
        } finally {
            rounds = new RequestRounds();
        }
        expected.assertComplete();
        return exchanges();
    }

    /** {@return the number of connections that clients have made so far} */
    public int connections() {
        return accepted.get();
    }

    /** {@return all requests since the last call, in the order in which they arrived} */
    public List<Exchange> exchanges() {
        synchronized (log) {
            List<Exchange> all = List.copyOf(log);
            log.clear();
            return all;
        }
    }

    /**
     * Waits for a request that matches and has arrived since the last call of {@link #exchanges}.
     *
     * @param wanted tests a request
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitRequest(Predicate<Message> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        synchronized (log) {
            while (log.stream().noneMatch(exchange -> wanted.test(exchange.request()))) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("no matching request arrived within " + LONGEST_WAIT_SECONDS + " s");
                }
                TimeUnit.NANOSECONDS.timedWait(log, left);
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                accepted.incrementAndGet();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(target.getHost(), target.getPort())) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            while (true) {
                Message request = Message.read(client.getInputStream(), null);
                if (request == null || !exchange(request, client, server)) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client closed the connection, or the proxy is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private boolean exchange(Message request, Socket client, Socket server) throws IOException, InterruptedException {
        Exchange exchange = new Exchange(request);
        synchronized (log) {
            log.add(exchange);
            log.notifyAll();
        }
        Harm harm = harmFor(request);
        rounds.await();
        if (harm instanceof Answer answer) {
            exchange.finish(answer.status, 0);
            Message.answer(client.getOutputStream(), answer.status, answer.headers, answer.body, request.method());
            return true;
        }
        if (harm instanceof Endless endless) {
            exchange.finish(endless.begin.status, 0);
            Message.answerWithoutEnd(client.getOutputStream(), endless.begin);
            return broken(client);
        }
        if (harm instanceof Stall stall) {
            Thread.sleep(stall.time.toMillis());
        }
        if (harm instanceof Stall || (harm instanceof Reset reset && !reset.afterServed)) {
            return broken(client);
        }
        if (harm instanceof CutRequest cut) {
            request.write(server.getOutputStream(), cut.bytes);
            server.close();
            return broken(client);
        }
        request.write(server.getOutputStream(), Integer.MAX_VALUE);
        Message response = Message.read(server.getInputStream(), request.method());
        if (response == null) {
            return broken(client);
        }
        exchange.finish(response.status(), response.bodyLength());
        if (harm instanceof Reset) {
            return broken(client);
        }
        if (harm instanceof Cut cut) {
            response.write(client.getOutputStream(), cut.bytes);
            return broken(client);
        }
        if (harm instanceof Drip drip) {
            response.drip(client.getOutputStream(), drip.pause);
            return true;
        }
        response.write(client.getOutputStream(), Integer.MAX_VALUE);
        return true;
    }

    private static boolean broken(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return false;
    }

    private @Nullable Harm harmFor(Message request) {
        synchronized (rules) {
            for (Rule rule : rules) {
                if (rule.times > 0 && rule.applies.test(request)) {
                    rule.times--;
                    return rule.harm;
                }
            }
            return null;
        }
    }
}
