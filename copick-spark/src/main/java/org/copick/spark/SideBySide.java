package org.copick.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.copick.error.OperationInterruptedException;

/** Runs tasks that wait for a store at the same time. */
final class SideBySide {
    /** As many as a context has threads to fetch with. */
    private static final int THREADS = 16;

    private SideBySide() {}

    /**
     * Returns the results of a function, in the order of its arguments.
     *
     * @throws OperationInterruptedException if the thread is interrupted
     */
    static <A, R> List<R> map(List<A> arguments, Function<A, R> function) {
        if (arguments.size() <= 1) {
            return arguments.stream().map(function).toList();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, arguments.size()), task -> {
            Thread thread = new Thread(task, "copick-spark-plan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<R>> tasks = new ArrayList<>();
            arguments.forEach(each -> tasks.add(() -> function.apply(each)));
            List<R> results = new ArrayList<>();
            for (Future<R> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while planning a scan", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("planning a scan failed", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
