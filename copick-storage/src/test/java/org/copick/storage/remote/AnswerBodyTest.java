package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.error.StorageException;
import org.copick.storage.remote.AnswerBody.Limits;
import org.copick.storage.remote.Requests.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AnswerBodyTest {
    private static final RetryPolicy PATIENCE = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(5), 1);

    private final AtomicInteger aborted = new AtomicInteger();
    private long now;

    /** An endless response. Each read takes the given time and returns the given number of bytes. */
    private final class Endless extends InputStream {
        private final int bytes;
        private final Duration pause;

        Endless(int bytes, Duration pause) {
            this.bytes = bytes;
            this.pause = pause;
        }

        @Override
        public int read() {
            now += pause.toNanos();
            return 'a';
        }

        @Override
        public int read(byte[] into, int from, int count) {
            now += pause.toNanos();
            int read = Math.min(count, bytes);
            Arrays.fill(into, from, from + read, (byte) 'a');
            return read;
        }
    }

    private AnswerBody body(InputStream in, Limits limits) {
        return new AnswerBody(in, PATIENCE, limits, aborted::incrementAndGet, () -> now);
    }

    @ParameterizedTest
    @EnumSource
    void whatKeepsTheLimitsComesAsItIs(Limits limits) throws IOException {
        byte[] content = new byte[AnswerBody.MOST];
        Arrays.fill(content, (byte) 200);
        AnswerBody body = body(new ByteArrayInputStream(content), limits);
        assertEquals(200, body.read());
        assertEquals(1, body.skip(1));
        assertArrayEquals(Arrays.copyOf(content, content.length - 2), body.readAllBytes());
        assertEquals(-1, body.read());
        body.close();
        assertEquals(0, aborted.get());
    }

    @Test
    void dripsAreGivenUp() {
        AnswerBody body = body(new Endless(1, Duration.ofMillis(500)), Limits.RATE);
        assertThrows(SocketTimeoutException.class, body::readAllBytes);
        assertEquals(1, aborted.get());
        assertEquals(Duration.ofMillis(5500), Duration.ofNanos(now), "5 s, and nothing more for so few bytes");
    }

    @Test
    void moreBytesMayTakeLonger() throws IOException {
        AnswerBody body = body(new Endless(1 << 12, Duration.ofSeconds(1)), Limits.RATE);
        body.readNBytes(1_000_000);
        assertEquals(0, aborted.get(), "4 KiB per second are enough");
    }

    @Test
    void aReaderThatTakesItsTimeIsNoSlowService() throws IOException {
        AnswerBody body = body(new Endless(1, Duration.ZERO), Limits.RATE);
        for (int i = 0; i < 10; i++) {
            now += Duration.ofMinutes(1).toNanos();
            body.read();
        }
        assertEquals(0, aborted.get());
    }

    @Test
    void spacesWhileTheServiceWorksAreFine() throws IOException {
        AnswerBody body = body(new Endless(1, Duration.ofSeconds(4)), Limits.SIZE);
        body.readNBytes(20);
        assertEquals(0, aborted.get());
    }

    @Test
    void whatIsTooLongIsToldWithTheRequest() {
        Requests requests = new Requests("x://place");
        StorageException e = assertThrows(
                StorageException.class,
                () -> requests.one(
                        new Request("list", "x://place/folder", Duration.ofMinutes(1)),
                        () -> body(new Endless(1 << 16, Duration.ZERO), Limits.RATE_AND_SIZE)
                                .readAllBytes()));
        assertTrue(String.valueOf(e.getMessage()).startsWith("cannot list x://place/folder"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("longer than 8 MiB"), e.getMessage());
        assertEquals(1, aborted.get());
    }

    @ParameterizedTest
    @EnumSource
    void closingReadsLittle(Limits limits) throws IOException {
        body(new ByteArrayInputStream(new byte[1000]), limits).close();
        assertEquals(0, aborted.get(), "the connection can be reused");
        body(new Endless(1 << 12, Duration.ZERO), limits).close();
        assertEquals(1, aborted.get());
    }

    @Test
    void requestsOfManyBytesMayTakeLonger() {
        assertEquals(Duration.ofMinutes(2), PATIENCE.limit(0));
        assertEquals(Duration.ofMinutes(2).plusSeconds(4), PATIENCE.limit(1 << 20));
        RetryPolicy calm = new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(10), 3);
        assertEquals(Duration.ofSeconds(605), calm.limit(0), "a configuration may set a higher limit");
    }
}
