package org.copick.internal.threads;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    private record Failure(int step, Throwable why) {}

    private SideBySide(List<? extends Runnable> steps) {
        this.steps = steps;
        this.left = new CountDownLatch(steps.size());
    }

    /**
     * Runs all steps, and returns when all have ended. After a failure no later step begins. Of several failures that
     * of the first step in the list is thrown, whichever came first in time.
     *
     * @param most how many steps may run at the same time, including that of the calling thread
     * @param doing what the steps do, such as {@code listing s3://bucket}
     * @throws OperationInterruptedException if the calling thread is interrupted; steps that run are not waited for
     */
    public static void run(List<? extends Runnable> steps, int most, Executor helpers, String doing) {
        SideBySide all = new SideBySide(steps);
        try {
            for (int i = 1; i < Math.min(most, steps.size()); i++) {
                helpers.execute(all::take);
            }
        } catch (RuntimeException | Error e) {
            // closed, or out of threads: the calling thread does the work
        }
        all.take();
        try {
            all.left.await();
        } catch (InterruptedException e) {
            all.fail(-1, e);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(doing + " was interrupted", e);
        }
        all.rethrow(doing);
    }

    private void take() {
        int step;
        while ((step = next.getAndIncrement()) < steps.size()) {
            Failure known = failure.get();
            try {
                if (known == null || step < known.step()) {
                    steps.get(step).run();
                }
            } catch (Throwable e) {
                fail(step, e);
            } finally {
                left.countDown();
            }
        }
    }

    private void fail(int step, Throwable why) {
        failure.accumulateAndGet(
                new Failure(step, why), (known, now) -> known == null || now.step() < known.step() ? now : known);
    }

    private void rethrow(String doing) {
        Failure first = failure.get();
        if (first != null) {
            rethrow(first.why(), doing);
        }
    }

    /** Rethrows, in the waiting thread, a failure of another thread, if there is one. */
    public static void rethrow(@Nullable Throwable failure, String doing) {
        if (failure instanceof RuntimeException told) {
            throw told;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException(doing + " failed", failure);
        }
    }
}
