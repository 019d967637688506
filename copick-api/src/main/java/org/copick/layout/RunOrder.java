package org.copick.layout;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/** The runs in key order, as found by the last listing of all runs. */
final class RunOrder {
    /** The order before the runs are listed. */
    static final RunOrder UNKNOWN = new RunOrder(new TreeMap<>());

    private final NavigableMap<String, Integer> positions;
    private final List<String> runs;

    private RunOrder(NavigableMap<String, Integer> positions) {
        this.positions = positions;
        this.runs = List.copyOf(positions.keySet());
    }

    static RunOrder of(FolderListing runs) {
        NavigableMap<String, Integer> positions = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        runs.prefixes().forEach(run -> positions.put(run, positions.size()));
        return new RunOrder(positions);
    }

    boolean isKnown() {
        return this != UNKNOWN;
    }

    /** Returns the run with an index; null behind the last run. */
    @Nullable String at(int position) {
        return position < runs.size() ? runs.get(position) : null;
    }

    /** Returns the index of the run that contains or precedes a key, 0 for the first run. */
    int position(String keyOrRun) {
        Map.Entry<String, Integer> at = positions.floorEntry(keyOrRun);
        return at == null ? 0 : at.getValue();
    }
}
