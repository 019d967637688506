package org.copick.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as a stream. Unlike the JDK's it bounds the wait for each next part and ends promptly when its
 * thread is interrupted. It holds two parts in memory at most. One thread reads; any thread may {@link #abort}.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {
    /** A part of the body, its end, or its failure. */
    private record Arrival(
            List<ByteBuffer> bytes, boolean isEnd, @Nullable Throwable failure) {}

    private final Duration patience;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> unread = new ArrayDeque<>();
    private final CompletableFuture<BodyStream> ready = CompletableFuture.completedFuture(this);
    private @Nullable Arrival last;

    @GuardedBy("this") private @Nullable Subscription subscription;

    @GuardedBy("this") private boolean aborted;

    /**
     * Creates the stream of a body that has not begun.
     *
     * @param patience the maximum time to wait for each next part
     */
    BodyStream(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return ready;
    }

    @Override
    public void onSubscribe(Subscription given) {
        boolean isTooLate;
        synchronized (this) {
            subscription = given;
            isTooLate = aborted;
        }
        if (isTooLate) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrivals.add(new Arrival(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        if (count == 0) {
            return 0;
        }
        while (true) {
            for (ByteBuffer next = unread.peek(); next != null; next = unread.peek()) {
                if (next.hasRemaining()) {
                    int length = Math.min(count, next.remaining());
                    next.get(bytes, from, length);
                    return length;
                }
                unread.remove();
            }
            if (!receive()) {
                return -1;
            }
        }
    }

    /** Waits for the next part; returns whether there is one. */
    private boolean receive() throws IOException {
        if (last == null) {
            Arrival arrival = next();
            if (!arrival.isEnd()) {
                unread.addAll(arrival.bytes());
                requestNext();
                return true;
            }
            last = arrival;
        }
        if (last.failure() != null) {
            throw new IOException(last.failure().getMessage(), last.failure());
        }
        return false;
    }

    private Arrival next() throws IOException {
        try {
            Arrival arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                abort();
                throw new SocketTimeoutException("nothing arrived within " + patience.toMillis() + " ms");
            }
            return arrival;
        } catch (InterruptedException e) {
            abort();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the answer was read");
        }
    }

    private void requestNext() {
        Subscription current;
        synchronized (this) {
            current = subscription;
        }
        if (current != null) {
            current.request(1);
        }
    }

    /** Ends the response without waiting for the rest of it; a waiting reader gets an exception. */
    void abort() {
        Subscription current;
        synchronized (this) {
            aborted = true;
            current = subscription;
        }
        if (current != null) {
            current.cancel();
        }
        arrivals.add(new Arrival(List.of(), true, new IOException("the request was aborted")));
    }

    /** Ends the response; the connection is reused if everything was read. */
    @Override
    public void close() {
        if (last == null) {
            abort();
        }
    }
}
