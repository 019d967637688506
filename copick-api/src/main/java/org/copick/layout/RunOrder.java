package org.copick.layout;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;

/** The runs in key order, as found by the last listing of all runs. */
final class RunOrder {
    /** The order before the runs are listed. */
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

    /** Returns the index of the run that contains or precedes a key, 0 for the first run. */
    int position(String keyOrRun) {
        Map.Entry<String, Integer> at = positions.floorEntry(keyOrRun);
        return at == null ? 0 : at.getValue();
    }
}
