package org.copick;

import java.util.Objects;
import java.util.function.Predicate;
import org.copick.error.CopickException;

/**
 * Which part of a project a walk through its layers looks at, and what it does with what it cannot read.
 *
 * @param runs which runs it looks into, by name
 * @param densityMaps whether it looks at density maps, which lie in no run
 * @param unread told of each folder or entity that cannot be read, which the walk passes over
 */
public record LayerScope(Predicate<String> runs, boolean densityMaps, Unread unread) {
    public LayerScope {
        Objects.requireNonNull(runs, "runs");
    }

    /** All of a project; the walk ends with the first failure. */
    public static LayerScope all() {
        return new LayerScope(run -> true, true, (location, failure) -> {
            throw failure;
        });
    }

    /** Listener for what cannot be read. */
    @FunctionalInterface
    public interface Unread {
        /**
         * Takes note of a failure.
         *
         * @param location of the entity that was read or whose content was listed
         */
        void failed(String location, CopickException failure);
    }

    /** This scope within fewer runs. */
    LayerScope within(Predicate<String> allowed) {
        return new LayerScope(runs.and(allowed), densityMaps, unread);
    }
}
