package org.copick;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when first asked for and kept until it is cleared. Two threads that ask at once make it once. */
final class Cached<T> {
    private final Supplier<T> source;
    private volatile @Nullable T value;

    Cached(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        T known = value;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = value;
            if (known == null) {
                known = source.get();
                value = known;
            }
            return known;
        }
    }

    /** The value if it was made already. */
    @Nullable T peek() {
        return value;
    }

    synchronized void set(T newValue) {
        value = newValue;
    }

    synchronized void clear() {
        value = null;
    }
}
