package org.copick.portal;

import java.time.Instant;
import java.util.Objects;

/**
 * The content of a cached catalogue.
 *
 * @param saved the time at which the portal had these rows
 * @param isCurrent whether the rows are used without asking the portal; older rows are compared with the portal first
 * @param runs the number of runs
 * @param completeRuns the number of runs whose contents are cached, too
 */
public record CatalogueState(Instant saved, boolean isCurrent, int runs, int completeRuns) {
    /**
     * Creates a state. The values are not checked.
     *
     * @param saved the time at which the portal had these rows
     * @param isCurrent whether the rows are used without asking the portal
     * @param runs the number of runs
     * @param completeRuns the number of runs whose contents are cached, too
     */
    public CatalogueState {
        Objects.requireNonNull(saved, "saved");
    }
}
