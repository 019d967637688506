package org.copick.cli.walk;

/** The parts of a walk that may fail without ending it. */
@FunctionalInterface
public interface Attempts {
    /**
     * Runs an action; what cannot be read is reported.
     *
     * @param location where the action reads
     */
    void attempt(String location, Runnable action);
}
