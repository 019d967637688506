package org.copick.cli.walk;

/** Runs the steps of a walk so that a failing step does not end the walk. */
@FunctionalInterface
public interface Attempts {
    /**
     * Runs an action and reports its failure to read.
     *
     * @param location the location that the action reads
     */
    void attempt(String location, Runnable action);
}
