package org.copick.spark;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.storage.StoreListener;
import org.copick.storage.StoreOperation;
import org.jspecify.annotations.Nullable;

/**
 * The projects that tasks of this process have open, in one context with one cache of chunks.
 *
 * <p>The tasks of one scan share a project. A later scan opens it again, so that it sees later changes. A project is
 * closed when no task has used it for {@link #IDLE_SECONDS}. Thread-safe.
 */
final class OpenProjects {
    /** Long enough for the pauses between the tasks of a scan. */
    private static final int IDLE_SECONDS = 30;

    /** Share of the largest heap for decoded chunks. Spark has most of the heap, and most chunks are read once. */
    private static final int HEAP_SHARE = 16;

    private static final long MOST_CACHE_BYTES = 256L << 20;

    private static final OpenProjects SHARED =
            new OpenProjects(CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS));

    private final Executor later;
    private final CopickContext context;
    private volatile @Nullable StoreListener listener;

    @GuardedBy("this") private final Map<Use, Opened> open = new HashMap<>();

    /** @param later runs a task after the time that an idle project stays open */
    OpenProjects(Executor later) {
        this.later = later;
        this.context = inOwnLoader(() -> CopickContext.builder()
                .cacheBytes(Math.min(Runtime.getRuntime().maxMemory() / HEAP_SHARE, MOST_CACHE_BYTES))
                .listener(this::finished)
                .build());
    }

    /** Returns the projects of this process. */
    static OpenProjects shared() {
        return SHARED;
    }

    /** A project and the scan that reads it. */
    private record Use(Project project, String scan) {}

    private static final class Opened {
        final Root root;
        int tasks;
        /** Counts the tasks that have begun, so that a delayed check notices those that came and went. */
        long begun;

        Opened(Root root) {
            this.root = root;
        }
    }

    /** A project that a task uses until it closes this. */
    final class Lease implements AutoCloseable {
        private final Use use;
        private final Root root;
        private boolean closed;

        private Lease(Use use, Root root) {
            this.use = use;
            this.root = root;
        }

        /** Returns the open project. */
        Root root() {
            return root;
        }

        /** Releases the project; idempotent. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(use);
            }
        }
    }

    /** Returns the context that all projects share. */
    CopickContext context() {
        return context;
    }

    /**
     * Opens a project, or returns the one that another task of the scan has opened.
     *
     * @param project the project
     * @param scan the id of the scan
     */
    synchronized Lease lease(Project project, String scan) {
        Use use = new Use(project, scan);
        Opened opened = open.get(use);
        if (opened == null) {
            opened = new Opened(inOwnLoader(() -> project.open(context)));
            open.put(use, opened);
        }
        opened.tasks++;
        opened.begun++;
        return new Lease(use, opened.root);
    }

    /** Returns the number of projects that are open. */
    synchronized int size() {
        return open.size();
    }

    /** Sets a listener of all store operations, or removes it; for tests. */
    void listener(@Nullable StoreListener wanted) {
        listener = wanted;
    }

    private synchronized void release(Use use) {
        Opened opened = open.get(use);
        if (opened != null && --opened.tasks == 0) {
            long begun = opened.begun;
            later.execute(() -> closeIdle(use, begun));
        }
    }

    private void closeIdle(Use use, long begun) {
        Root idle;
        synchronized (this) {
            Opened opened = open.get(use);
            if (opened == null || opened.tasks > 0 || opened.begun != begun) {
                return;
            }
            open.remove(use);
            idle = opened.root;
        }
        idle.close();
    }

    private void finished(StoreOperation operation) {
        StoreListener known = listener;
        if (known != null) {
            known.finished(operation);
        }
    }

    /**
     * Runs a task with a class loader that finds the providers beside this class.
     *
     * <p>The loader of a thread of Spark or of PySpark may not know the jars that were added to the session.
     */
    private static <T> T inOwnLoader(java.util.function.Supplier<T> task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(knowsUs(before) ? before : OpenProjects.class.getClassLoader());
        try {
            return task.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean knowsUs(@Nullable ClassLoader loader) {
        try {
            return loader != null && loader.loadClass(OpenProjects.class.getName()) == OpenProjects.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
