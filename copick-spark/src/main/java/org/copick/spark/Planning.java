package org.copick.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.threads.SideBySide;

/** Runs tasks of the driver that wait for a store at the same time. */
final class Planning {
    /** Number of threads, as many as a context fetches with. */
    private static final int THREADS = 16;

    private Planning() {}

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
            List<List<R>> results = new ArrayList<>(Collections.nCopies(arguments.size(), List.of()));
            List<Runnable> steps = IntStream.range(0, arguments.size())
                    .<Runnable>mapToObj(i -> () -> results.set(i, List.of(function.apply(arguments.get(i)))))
                    .toList();
            SideBySide.run(steps, THREADS, threads, "planning a scan");
            return results.stream().flatMap(List::stream).toList();
        } finally {
            threads.shutdownNow();
        }
    }
}
