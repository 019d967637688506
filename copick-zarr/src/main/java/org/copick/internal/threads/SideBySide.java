package org.copick.internal.threads;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Steps that run at the same time: in the calling thread, and in threads of an executor as far as these are free.
 *
 * <p>The calling thread takes every step that no other has taken. So the steps end even if it belongs to the executor
 * itself, or if that runs nothing.
 */
public final class SideBySide {
    private final List<? extends Runnable> steps;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private SideBySide(List<? extends Runnable> steps) {
        this.steps = steps;
        this.left = new CountDownLatch(steps.size());
    }

    /**
     * Runs all steps, and returns when all have ended. After a failure, which is thrown, no other step begins.
     *
     * @param what what the steps do, such as {@code listing s3://bucket}
     * @throws OperationInterruptedException if the calling thread is interrupted; steps that run are not waited for
     */
    public static void run(List<? extends Runnable> steps, Executor helpers, String what) {
        SideBySide all = new SideBySide(steps);
        for (int i = 1; i < steps.size(); i++) {
            try {
                helpers.execute(all::take);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                break; // closed, or out of threads: the calling thread does the work
            }
        }
        all.take();
        try {
            all.left.await();
        } catch (InterruptedException e) {
            all.failure.compareAndSet(null, e);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while " + what);
        }
        all.rethrow();
    }

    private void take() {
        int step;
        while ((step = next.getAndIncrement()) < steps.size()) {
            try {
                if (failure.get() == null) {
                    steps.get(step).run();
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    private void rethrow() {
        Throwable why = failure.get();
        if (why instanceof Error error) {
            throw error;
        }
        if (why instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
