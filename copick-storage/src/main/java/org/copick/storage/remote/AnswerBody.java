package org.copick.storage.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.copick.error.StorageException;

/**
 * The body of a response, with a minimum rate and a maximum size. The rate is set by {@link RetryPolicy}, the size is
 * {@value #MOST} bytes; {@link Limits} says which of them apply. They bound the time and memory spent on a service that
 * sends very slowly, or sends a listing or an error without end. For use by one thread, inside a request of
 * {@link Requests}.
 */
public final class AnswerBody extends FilterInputStream {
    /** Maximum size in bytes. A page of 1,000 keys of 1,024 bytes, all of them escaped, takes 6 MiB. */
    public static final int MOST = 8 << 20;

    /** Maximum number of unread bytes to read in {@link #close} so that the connection can be reused. */
    private static final int MOST_IGNORED = 64 << 10;

    private final RetryPolicy retryPolicy;
    private final Limits limits;
    private final Runnable abort;
    private final LongSupplier clock;
    private long received;
    private long waited;
    private boolean ended;
    private boolean aborted;

    /** The limits that apply to a response. */
    public enum Limits {
        /** Minimum rate only, for an object's content. */
        RATE(true, false),
        /** Minimum rate and maximum size, for a listing or an error. */
        RATE_AND_SIZE(true, true),
        /**
         * Maximum size only, for other responses. Some services send single spaces while they work, so no rate applies.
         */
        SIZE(false, true);

        private final boolean rate;
        private final boolean size;

        Limits(boolean rate, boolean size) {
            this.rate = rate;
            this.size = size;
        }
    }

    /**
     * Creates a limited view of a response body.
     *
     * @param in the response's body, which this closes
     * @param retryPolicy determines the minimum rate
     * @param limits the limits that apply
     * @param abort ends the response without waiting for the rest of it
     */
    public AnswerBody(InputStream in, RetryPolicy retryPolicy, Limits limits, Runnable abort) {
        this(in, retryPolicy, limits, abort, System::nanoTime);
    }

    /** Creates a limited view with a clock that returns nanoseconds. */
    AnswerBody(InputStream in, RetryPolicy retryPolicy, Limits limits, Runnable abort, LongSupplier clock) {
        super(in);
        this.retryPolicy = retryPolicy;
        this.limits = limits;
        this.abort = abort;
        this.clock = clock;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads some bytes.
     *
     * @throws SocketTimeoutException if the response is too slow; the caller may retry
     * @throws StorageException if the response is too long
     */
    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        if (ended) {
            return -1;
        }
        long begin = clock.getAsLong();
        int read = in.read(bytes, from, count);
        waited += clock.getAsLong() - begin;
        if (read < 0) {
            ended = true;
            return -1;
        }
        received += read;
        if (limits.size && received > MOST) {
            end();
            throw Requests.strange("it is longer than " + (MOST >> 20) + " MiB");
        }
        if (limits.rate && waited > retryPolicy.answer(received).toNanos()) {
            end();
            throw new SocketTimeoutException("received only " + received + " bytes in "
                    + Duration.ofNanos(waited).toMillis() + " ms");
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] ignored = new byte[(int) Math.max(0, Math.min(count, 8192))];
        return ignored.length == 0 ? 0 : Math.max(0, read(ignored, 0, ignored.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads a short rest of the response so that the connection can be reused, or aborts if the rest is longer. */
    @Override
    public void close() throws IOException {
        try {
            byte[] ignored = new byte[8192];
            for (int left = MOST_IGNORED; !ended; ) {
                left -= Math.max(0, read(ignored, 0, ignored.length));
                if (left < 0) {
                    end();
                }
            }
        } catch (IOException | StorageException e) {
            end(); // failures in bytes that nobody reads do not matter
        }
        try {
            in.close();
        } catch (IOException e) {
            if (!aborted) {
                throw e;
            }
        }
    }

    private void end() {
        ended = true;
        aborted = true;
        abort.run();
    }
}
