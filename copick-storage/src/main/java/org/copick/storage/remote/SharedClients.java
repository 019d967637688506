package org.copick.storage.remote;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The clients of a service, with their connections. Stores with equal options share a client, which is closed with the
 * last of these stores. Safe for use by many threads.
 *
 * @param <O> the options' type, which has {@code equals} and {@code hashCode}
 * @param <C> the vendor's client
 */
public final class SharedClients<O, C> {
    private final Function<O, C> making;
    private final Consumer<C> ending;

    @GuardedBy("open") private final Map<O, Shared<C>> open = new HashMap<>();

    /**
     * Creates an empty set of clients.
     *
     * @param making creates a client for given options
     * @param ending closes a client
     */
    public SharedClients(Function<O, C> making, Consumer<C> ending) {
        this.making = making;
        this.ending = ending;
    }

    /**
     * {@return a share in the client for the given options} The caller must close the share.
     *
     * @param options the client's options
     */
    public Share<O, C> open(O options) {
        synchronized (open) {
            Shared<C> shared = open.computeIfAbsent(options, each -> new Shared<>(making.apply(each)));
            shared.users++;
            return new Share<>(options, shared.client, () -> release(options, shared));
        }
    }

    private void release(O options, Shared<C> shared) {
        boolean isLast;
        synchronized (open) {
            isLast = --shared.users == 0;
            if (isLast) {
                open.remove(options);
            }
        }
        if (isLast) {
            ending.accept(shared.client);
        }
    }

    private static final class Shared<C> {
        final C client;
        int users;

        Shared(C client) {
            this.client = client;
        }
    }

    /**
     * A store's share in a client.
     *
     * @param <O> the options' type
     * @param <C> the vendor's client
     */
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

        /** {@return the options of the client} */
        public O options() {
            return options;
        }

        /** {@return the client} */
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
