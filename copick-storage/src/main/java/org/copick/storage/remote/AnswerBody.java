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
 * The body of an answer, whose bytes come at a least rate and, unless they are an object's, are no more than {@value #MOST}.
 * A service that drips, or never ends a listing or an error, so costs bounded time and memory. For use by one thread, inside
 * a request of {@link Requests}.
 */
public final class AnswerBody extends FilterInputStream {
    /** A page of a thousand keys of 1,024 bytes, all of them escaped, takes 6 MiB. */
    public static final int MOST = 8 << 20;

    /** More than this at the end of an answer is not read to keep the connection. */
    private static final int MOST_IGNORED = 64 << 10;

    private final RetryPolicy retryPolicy;
    private final Limits limits;
    private final Runnable abort;
    private final LongSupplier clock;
    private long received;
    private long waited;
    private boolean ended;
    private boolean aborted;

    /** The limits that an answer has to keep. */
    public enum Limits {
        /** An object's bytes: comes at the least rate. */
        RATE(true, false),
        /** A listing or an error: also has a largest size. */
        RATE_AND_SIZE(true, true),
        /** An answer to other requests: has a largest size; some services send a space now and then while they work. */
        SIZE(false, true);

        private final boolean rate;
        private final boolean size;

        Limits(boolean rate, boolean size) {
            this.rate = rate;
            this.size = size;
        }
    }

    /** @param abort ends the answer without waiting for the rest of it */
    public AnswerBody(InputStream in, RetryPolicy retryPolicy, Limits limits, Runnable abort) {
        this(in, retryPolicy, limits, abort, System::nanoTime);
    }

    /** @param clock in nanoseconds */
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
     * @throws SocketTimeoutException for an answer that comes too slowly; to be tried again
     * @throws StorageException for an answer that is too long
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
            throw new SocketTimeoutException("only " + received + " bytes came in "
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

    /** Reads what little is left, so that the connection can serve other requests, or ends the answer. */
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
            end(); // what is not wanted may be as it likes
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
