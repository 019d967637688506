package org.copick;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when first asked for and kept until it is cleared, or until its epoch ends. One of several threads that
 * ask makes it; the others wait and can be interrupted. Clearing never waits: a value that is being made meanwhile is not kept.
 */
final class Lazy<T> {
    /** The epoch of values that are kept until they are cleared. */
    private static final Object ENDLESS = new Object();

    private final Supplier<T> source;
    private final Supplier<?> epoch;
    /** At hand when there is no memory for another one. */
    private final State<T> empty = new Empty<>();

    private final AtomicReference<State<T>> state = new AtomicReference<>(empty);

    /** A value that is kept until it is cleared. */
    Lazy(Supplier<T> source) {
        this(source, () -> ENDLESS);
    }

    /** A value that is also made again once {@code epoch} gives something else than when it was made. */
    Lazy(Supplier<T> source, Supplier<?> epoch) {
        this.source = source;
        this.epoch = epoch;
    }

    private sealed interface State<T> {}

    private record Empty<T>() implements State<T> {}

    /** One thread makes the value; {@code ended} once it has it, or has failed. */
    private record Making<T>(CountDownLatch ended) implements State<T> {}

    private record Made<T>(T value, Object epoch) implements State<T> {}

    /**
     * Returns the value. A failure to make it is thrown in the thread that tried; those that waited then try themselves.
     *
     * @throws OperationInterruptedException when the thread is interrupted while another one makes it
     */
    T get() {
        while (true) {
            State<T> now = state.get();
            if (now instanceof Made<T> made && made.epoch() == epoch.get()) {
                return made.value();
            }
            if (now instanceof Making<T> other) {
                await(other.ended());
                continue;
            }
            Making<T> mine = new Making<>(new CountDownLatch(1));
            if (state.compareAndSet(now, mine)) {
                return make(mine);
            }
        }
    }

    private T make(Making<T> mine) {
        try {
            Object began = epoch.get();
            T value = source.get();
            state.compareAndSet(mine, new Made<>(value, began));
            return value;
        } finally {
            // after a failure; otherwise the state is another one already
            state.compareAndSet(mine, empty);
            mine.ended().countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while another thread was reading the same", e);
        }
    }

    /** Returns the value if it was made already, in this epoch. */
    @Nullable T peek() {
        return state.get() instanceof Made<T> made && made.epoch() == epoch.get() ? made.value() : null;
    }

    void set(T newValue) {
        state.set(new Made<>(newValue, epoch.get()));
    }

    void clear() {
        state.set(empty);
    }
}
