package org.copick;

import java.util.Objects;
import java.util.function.Predicate;
import org.copick.error.CopickException;

/**
 * The part of a project that a walk through its layers visits, and the handling of what cannot be read.
 *
 * @param runs accepts the names of the runs to visit
 * @param densityMaps whether to visit density maps, which belong to no run
 * @param unread notified of each folder or entity that cannot be read; the walk then skips it
 */
public record LayerScope(Predicate<String> runs, boolean densityMaps, Unread unread) {
    /**
     * Creates a scope.
     *
     * @param runs accepts the names of the runs to visit
     * @param densityMaps whether to visit density maps
     * @param unread notified of each folder or entity that cannot be read
     */
    public LayerScope {
        Objects.requireNonNull(runs, "runs");
        Objects.requireNonNull(unread, "unread");
    }

    /** {@return a scope that covers the whole project and ends the walk at the first failure} */
    public static LayerScope all() {
        return new LayerScope(run -> true, true, (location, failure) -> {
            throw failure;
        });
    }

    /** A listener for folders and entities that cannot be read. */
    @FunctionalInterface
    public interface Unread {
        /**
         * Handles a failure. An exception thrown here ends the walk.
         *
         * @param location the entity that could not be read, or whose contents could not be listed
         * @param failure the reason
         */
        void failed(String location, CopickException failure);
    }

    /** Returns this scope, restricted to runs whose names are allowed. */
    LayerScope within(Predicate<String> allowed) {
        return new LayerScope(runs.and(allowed), densityMaps, unread);
    }
}
