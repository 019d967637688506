package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.copick.error.ClosedException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.remote.Requests.Request;
import org.junit.jupiter.api.Test;

final class RequestsTest {
    private static final Request READ = new Request("read", "x://place/key", Duration.ofSeconds(30));

    private final Requests requests = new Requests("x://place");

    @Test
    void resultsComeInTheOrderOfTheCalls() {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            calls.add(() -> {
                Thread.sleep((200 - number) % 7);
                return number;
            });
        }
        assertEquals(java.util.stream.IntStream.range(0, 200).boxed().toList(), requests.all(READ, calls));
    }

    @Test
    void noMoreThanTheBoundAreUnderWay() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch asManyAsAllowed = new CountDownLatch(Requests.AT_ONCE);
        Callable<Integer> call = () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            asManyAsAllowed.countDown();
            asManyAsAllowed.await();
            return now.decrementAndGet();
        };
        requests.all(READ, java.util.Collections.nCopies(5 * Requests.AT_ONCE, call));
        assertEquals(Requests.AT_ONCE, most.get());
    }

    @Test
    void aFailureIsTheCallersAndEndsTheOthers() throws Exception {
        CorruptDataException failure = new CorruptDataException("broken");
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Callable<Integer> fails = () -> {
            started.await();
            throw failure;
        };
        Callable<Integer> waits = () -> {
            Requests.onCancel(ended::countDown);
            started.countDown();
            new CountDownLatch(1).await();
            return 1;
        };
        assertSame(failure, assertThrows(CorruptDataException.class, () -> requests.all(READ, List.of(fails, waits))));
        assertTrue(ended.await(60, TimeUnit.SECONDS), "the other request was cancelled");
    }

    @Test
    void aLimitEndsWhatTakesTooLong() {
        Request hasty = new Request("read", "x://place/key", Duration.ofMillis(50));
        StorageException e = assertThrows(StorageException.class, () -> requests.one(hasty, RequestsTest::forever));
        assertTrue(e.mayBeTransient());
        assertTrue(String.valueOf(e.getMessage()).contains("x://place/key"), e.getMessage());
    }

    private static Integer forever() throws InterruptedException {
        new CountDownLatch(1).await();
        return 1;
    }

    @Test
    void anInterruptedCallerWaitsNoLonger() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            told.complete(assertThrows(
                    OperationInterruptedException.class,
                    () -> requests.one(READ, () -> {
                        running.countDown();
                        return forever();
                    })));
        });
        caller.start();
        assertTrue(running.await(60, TimeUnit.SECONDS));
        caller.interrupt();
        assertInstanceOf(OperationInterruptedException.class, told.get(60, TimeUnit.SECONDS));
    }

    @Test
    void closingEndsEverythingAndRefusesMore() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Throwable> told = CompletableFuture.supplyAsync(() -> assertThrows(
                ClosedException.class,
                () -> requests.one(READ, () -> {
                    running.countDown();
                    return forever();
                })));
        assertTrue(running.await(60, TimeUnit.SECONDS));
        requests.close();
        assertInstanceOf(ClosedException.class, told.get(60, TimeUnit.SECONDS));
        assertThrows(ClosedException.class, () -> requests.one(READ, () -> 1));
        assertEquals(1, new Requests("another").one(READ, () -> 1), "others go on");
    }

    @Test
    void failuresOfTheNetworkAreToldApart() {
        assertEquals(FailureKind.UNKNOWN_HOST, FailureKind.of(new IOException("x", new UnknownHostException("h"))));
        assertEquals(FailureKind.REFUSED, FailureKind.of(new ConnectException("refused")));
        assertEquals(FailureKind.TOO_SLOW, FailureKind.of(new SocketTimeoutException("read")));
        assertEquals(FailureKind.TLS, FailureKind.of(new SSLHandshakeException("no certificate")));
        assertEquals(FailureKind.RESET, FailureKind.of(new RuntimeException(new EOFException())));
        assertEquals(FailureKind.OTHER, FailureKind.of(new IllegalStateException()));
    }
}
