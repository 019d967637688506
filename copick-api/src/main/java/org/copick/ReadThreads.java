package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.zarr.Workers;
import org.jspecify.annotations.Nullable;

/** The threads of a context: some wait for stores, others decode. All are daemon threads and end when idle. */
final class ReadThreads implements AutoCloseable {
    private static final int FETCHING = 16;
    private static final long IDLE_SECONDS = 10;
    /** The heap size is divided by this to get the memory that encoded data of running reads may occupy. */
    private static final int HEAP_SHARE = 8;

    private final List<ExecutorService> own = new ArrayList<>();
    private final Executor fetching;
    private final Workers workers;

    /** Uses the given executors, and creates its own threads in place of a null one. */
    ReadThreads(@Nullable Executor fetching, @Nullable Executor decoding) {
        this.fetching = fetching == null ? pool("copick-fetch-", FETCHING) : fetching;
        workers = new Workers(
                this.fetching,
                FETCHING,
                decoding == null ? pool("copick-decode-", Runtime.getRuntime().availableProcessors()) : decoding,
                Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** Returns the threads that wait for stores. */
    Executor fetching() {
        return fetching;
    }

    Workers workers() {
        return workers;
    }

    /** Lets running tasks finish and accepts no new ones. Executors supplied by the caller are not shut down. */
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdown);
    }

    private ExecutorService pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        own.add(pool);
        return pool;
    }
}
