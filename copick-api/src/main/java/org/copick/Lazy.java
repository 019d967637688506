package org.copick;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed on first use and cached until it is cleared or its epoch ends.
 *
 * <p>If several threads ask for the value, one computes it; the others wait and can be interrupted. Clearing never
 * waits: a value that is being computed at that time is returned to the thread that computed it, but not cached.
 */
final class Lazy<T> {
    /** The epoch of values that are cached until they are cleared. */
    private static final Object ENDLESS = new Object();

    /** Allocated in advance, so that a failed computation can be cleaned up even when memory is exhausted. */
    private static final State<?> EMPTY = new Empty<>();
    /** Instead of an AtomicReference in each value, because a project holds several values for each entity. */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final AtomicReferenceFieldUpdater<Lazy, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Lazy.class, State.class, "state");

    private final Supplier<T> source;
    private final Supplier<?> epoch;

    @SuppressWarnings("unchecked") // an empty state has no value of any type
    private volatile State<T> state = (State<T>) EMPTY;

    /** Creates a value that is cached until it is cleared. */
    Lazy(Supplier<T> source) {
        this(source, () -> ENDLESS);
    }

    /** Creates a value that is also recomputed when {@code epoch} no longer returns the object it returned before. */
    Lazy(Supplier<T> source, Supplier<?> epoch) {
        this.source = source;
        this.epoch = epoch;
    }

    private sealed interface State<T> {}

    private record Empty<T>() implements State<T> {}

    /** One thread computes the value. {@code ended} opens when it has the value or has failed. */
    private record Making<T>(CountDownLatch ended) implements State<T> {}

    private record Made<T>(T value, Object epoch) implements State<T> {}

    /**
     * Returns the value, computing it if necessary.
     *
     * <p>If the computation fails, the exception is thrown in the thread that computed; each waiting thread then tries
     * itself.
     *
     * @throws OperationInterruptedException if the thread is interrupted while another thread computes the value
     */
    T get() {
        while (true) {
            State<T> now = state;
            if (now instanceof Made<T> made && made.epoch() == epoch.get()) {
                return made.value();
            }
            if (now instanceof Making<T> other) {
                await(other.ended());
                continue;
            }
            Making<T> mine = new Making<>(new CountDownLatch(1));
            if (STATE.compareAndSet(this, now, mine)) {
                return make(mine);
            }
        }
    }

    private T make(Making<T> mine) {
        try {
            Object began = epoch.get();
            T value = source.get();
            STATE.compareAndSet(this, mine, new Made<>(value, began));
            return value;
        } finally {
            // has an effect only after a failure; otherwise the state has been replaced already
            STATE.compareAndSet(this, mine, EMPTY);
            mine.ended().countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while another thread was reading the same data", e);
        }
    }

    /** Returns the value if it has been computed in this epoch, otherwise null. */
    @Nullable T peek() {
        return state instanceof Made<T> made && made.epoch() == epoch.get() ? made.value() : null;
    }

    /** Caches this value for the current epoch. */
    void set(T newValue) {
        state = new Made<>(newValue, epoch.get());
    }

    /** Discards the cached value. */
    @SuppressWarnings("unchecked") // an empty state has no value of any type
    void clear() {
        state = (State<T>) EMPTY;
    }
}
