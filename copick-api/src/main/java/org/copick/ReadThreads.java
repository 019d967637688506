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

/** The threads of a context: those that wait for stores, and those that decode. All are daemons and end when idle. */
final class ReadThreads implements AutoCloseable {
    private static final int FETCHING = 16;
    private static final long IDLE_SECONDS = 10;
    /** Packed data under way may take this part of the heap. */
    private static final int HEAP_SHARE = 8;

    private final List<ExecutorService> own = new ArrayList<>();
    private final Workers workers;

    /** Uses the given threads, or its own where there are none. */
    ReadThreads(@Nullable Executor fetching, @Nullable Executor decoding) {
        workers = new Workers(
                fetching == null ? pool("copick-fetch-", FETCHING) : fetching,
                FETCHING,
                decoding == null ? pool("copick-decode-", Runtime.getRuntime().availableProcessors()) : decoding,
                Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    Workers workers() {
        return workers;
    }

    /** Lets what runs end, and takes nothing new; threads that were given are left alone. */
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
