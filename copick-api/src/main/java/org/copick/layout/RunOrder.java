package org.copick.layout;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;

/** The runs in the order of their keys, as the last listing of all runs has them. */
final class RunOrder {
    /** The order before the runs were listed. */
    static final RunOrder UNKNOWN = new RunOrder(new TreeMap<>());

    private final NavigableMap<String, Integer> positions;

    private RunOrder(NavigableMap<String, Integer> positions) {
        this.positions = positions;
    }

    static RunOrder of(FolderListing runs) {
        NavigableMap<String, Integer> positions = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        runs.prefixes().forEach(run -> positions.put(run, positions.size()));
        return new RunOrder(positions);
    }

    boolean isKnown() {
        return this != UNKNOWN;
    }

    /** Returns the number of the run that a key is in or after, 0 for the first. */
    int position(String keyOrRun) {
        Map.Entry<String, Integer> at = positions.floorEntry(keyOrRun);
        return at == null ? 0 : at.getValue();
    }
}
