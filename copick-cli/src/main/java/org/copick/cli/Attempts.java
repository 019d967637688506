package org.copick.cli;

/** The parts of a walk that may fail without ending it. */
@FunctionalInterface
interface Attempts {
    /**
     * Runs an action; what cannot be read is reported.
     *
     * @param location where the action reads
     */
    void attempt(String location, Runnable action);
}
