package org.copick.storage.remote;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The clients of a service that stores with equal options share, with their connections. A client goes when the last store
 * that uses it is closed. Safe for use by many threads.
 *
 * @param <O> options with {@code equals}
 * @param <C> the vendor's client
 */
public final class SharedClients<O, C> {
    private final Function<O, C> making;
    private final Consumer<C> ending;
    /** A handful at most; options are not hashed, because a record's first hash is put together at run time. */
    @GuardedBy("open") private final List<Shared<O, C>> open = new ArrayList<>();

    /** How clients are made and closed. */
    public SharedClients(Function<O, C> making, Consumer<C> ending) {
        this.making = making;
        this.ending = ending;
    }

    /** The client of these options; to be closed by each who opened it. */
    public Share<O, C> open(O options) {
        synchronized (open) {
            Shared<O, C> shared = open.stream()
                    .filter(each -> each.options.equals(options))
                    .findFirst()
                    .orElseGet(() -> {
                        Shared<O, C> made = new Shared<>(options, making.apply(options));
                        open.add(made);
                        return made;
                    });
            shared.users++;
            return new Share<>(options, shared.client, () -> release(shared));
        }
    }

    private void release(Shared<O, C> shared) {
        boolean isLast;
        synchronized (open) {
            isLast = --shared.users == 0;
            if (isLast) {
                open.remove(shared);
            }
        }
        if (isLast) {
            ending.accept(shared.client);
        }
    }

    private static final class Shared<O, C> {
        final O options;
        final C client;
        int users;

        Shared(O options, C client) {
            this.options = options;
            this.client = client;
        }
    }

    /** A store's share in a client. */
    public static final class Share<O, C> implements AutoCloseable {
        private final O options;
        private final C client;
        private final Runnable release;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Share(O options, C client, Runnable release) {
            this.options = options;
            this.client = client;
            this.release = release;
        }

        /** What the client was made by. */
        public O options() {
            return options;
        }

        /** The client. */
        public C client() {
            return client;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release.run();
            }
        }
    }
}
