package org.copick.storage.remote;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the requests of one store. They run in daemon threads shared by all stores of the process, at most
 * {@value #AT_ONCE} at a time, while the calling thread waits. An interrupt, the time limit or {@link #close} therefore
 * ends a call immediately, even if the request's thread is blocked. Safe for use by many threads.
 *
 * <p>A request must not start another one through this class.
 */
public final class Requests implements AutoCloseable {
    /** Maximum number of simultaneous requests of all stores. */
    public static final int AT_ONCE = 64;

    private static final int IDLE_SECONDS = 10;
    private static final Semaphore FREE = new Semaphore(AT_ONCE);
    private static final ExecutorService THREADS = threads();
    private static final ThreadLocal<@Nullable Running<?>> CURRENT = new ThreadLocal<>();

    private final String location;
    private final Set<Running<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates the requests of one store.
     *
     * @param location the store's location, for messages
     */
    public Requests(String location) {
        this.location = location;
    }

    /**
     * The description of a request.
     *
     * @param operation the operation for messages, such as {@code read} or {@code list}
     * @param where the location for messages
     * @param limit the time limit for the whole request
     */
    public record Request(String operation, String where, Duration limit) {
        @Override
        public String toString() {
            return operation + " " + where;
        }
    }

    /**
     * Sets the action that aborts the request of the calling thread; does nothing outside a request.
     *
     * @param abort ends the request; called at once if the request is already cancelled, otherwise in the thread that
     *     cancels it
     */
    public static void onCancel(Runnable abort) {
        Running<?> current = CURRENT.get();
        if (current != null) {
            current.onCancel(abort);
        }
    }

    /** {@return whether the request of the calling thread was cancelled, so that it should send nothing more} */
    public static boolean isCancelled() {
        Running<?> current = CURRENT.get();
        return current != null && current.isCancelled();
    }

    /** Returns the exception for an invalid response to the calling thread's request, which is not retried. */
    static CopickException strange(String what) {
        Running<?> current = CURRENT.get();
        Request request = current == null ? new Request("read", "an answer", Duration.ZERO) : current.request;
        return FailureKind.STRANGE.failure(request.operation, request.where, what, new IllegalStateException(what));
    }

    /**
     * Runs one request.
     *
     * @param <T> the result
     * @param request the request's description and time limit
     * @param call sends the request; called in another thread
     * @return the result of the call
     * @throws ClosedException if the store is closed before or during the request
     * @throws OperationInterruptedException if the calling thread is interrupted; its interrupt flag stays set
     * @throws org.copick.error.StorageException if the time limit is exceeded
     * @throws CopickException if the call fails: the call's own one, or a {@link FailureKind connection failure}
     */
    public <T> T one(Request request, Callable<T> call) {
        return all(request, List.of(call)).get(0);
    }

    /**
     * Runs requests in parallel. A failure cancels all of them. Throws the exceptions of {@link #one}.
     *
     * @param <T> the result of a request
     * @param request the description and time limit of all requests together
     * @param calls send the requests; called in other threads
     * @return the results, in the order of the calls
     */
    public <T> List<T> all(Request request, List<? extends Callable<T>> calls) {
        List<Running<T>> started = new ArrayList<>(calls.size());
        long end = System.nanoTime() + request.limit().toNanos();
        boolean done = false;
        try {
            for (Callable<T> call : calls) {
                started.add(start(request, call, end));
            }
            List<T> results = new ArrayList<>(calls.size());
            for (Running<T> task : started) {
                results.add(task.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            }
            done = true;
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("cannot " + request + ": interrupted", e);
        } catch (TimeoutException e) {
            throw FailureKind.TOO_SLOW.failure(
                    request.operation(),
                    request.where(),
                    "after " + request.limit().toSeconds() + " s",
                    e);
        } catch (CancellationException e) {
            throw new ClosedException(
                    "cannot " + request + ": the store was closed meanwhile; open the project again", e);
        } catch (ExecutionException e) {
            throw closed && !(e.getCause() instanceof Error)
                    ? new ClosedException("cannot " + request + ": the store was closed meanwhile", e)
                    : rethrown(request, e.getCause());
        } finally {
            if (!done) {
                started.forEach(Running::end);
            }
        }
    }

    private <T> Running<T> start(Request request, Callable<T> call, long end)
            throws InterruptedException, TimeoutException {
        requireOpen();
        if (!FREE.tryAcquire(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("all " + AT_ONCE + " connections were busy");
        }
        Running<T> task = new Running<>(request, call);
        running.add(task);
        try {
            THREADS.execute(task);
        } catch (Throwable e) {
            task.given();
            throw e;
        }
        if (closed) {
            task.end();
        }
        return task;
    }

    /**
     * Checks that the store is open.
     *
     * @throws ClosedException if {@link #close} was called
     */
    public void requireOpen() {
        if (closed) {
            throw new ClosedException(location + " is closed; open the project again");
        }
    }

    /** Cancels running requests; later ones throw {@link ClosedException}. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Running::end);
    }

    private static RuntimeException rethrown(Request request, @Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure
                ? failure
                : FailureKind.of(cause)
                        .failure(
                                request.operation(),
                                request.where(),
                                "",
                                cause == null ? new IllegalStateException() : cause);
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "copick-request-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private final class Running<T> extends FutureTask<T> {
        private final Request request;

        @GuardedBy("this") private @Nullable Runnable abort;

        @GuardedBy("this") private boolean given;

        Running(Request request, Callable<T> call) {
            super(call);
            this.request = request;
        }

        @Override
        public void run() {
            try {
                CURRENT.set(this);
                super.run();
            } catch (Throwable e) {
                // out of memory before the call started; otherwise the caller would wait until the time limit
                setException(e);
            } finally {
                CURRENT.remove();
                given();
            }
        }

        void onCancel(Runnable newAbort) {
            synchronized (this) {
                abort = newAbort;
            }
            if (isCancelled()) {
                newAbort.run();
            }
        }

        void end() {
            if (cancel(true)) {
                Runnable toRun;
                synchronized (this) {
                    toRun = abort;
                }
                if (toRun != null) {
                    toRun.run();
                }
            }
        }

        /** Releases the request's slot. {@link #run} calls this even if the task was cancelled before it started. */
        synchronized void given() {
            if (!given) {
                given = true;
                running.remove(this);
                FREE.release();
            }
        }
    }
}
