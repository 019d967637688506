package org.copick.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.copick.storage.FolderListing;
import org.copick.storage.ObjectInfo;

/** What pages of keys and listings of folders tell. Not safe for use by many threads. */
final class PrefetchedListings {
    private final List<KeyRange> ranges = new ArrayList<>();
    private final Map<String, FolderListing> folders = new HashMap<>();
    private final Set<String> pagedRuns = new HashSet<>();

    void keep(KeyRange range) {
        ranges.add(range);
    }

    void keep(String prefix, FolderListing folder) {
        folders.put(prefix, folder);
    }

    /** Notes that a run's first page is read; false if it was before. */
    boolean beginsRun(String run) {
        return pagedRuns.add(run);
    }

    Optional<FolderListing> folder(String prefix) {
        FolderListing listed = folders.get(prefix);
        if (listed != null) {
            return Optional.of(listed);
        }
        for (KeyRange range : ranges) {
            if (range.coversAllBelow(prefix)) {
                return Optional.of(range.level(prefix));
            }
        }
        return Optional.empty();
    }

    /** Whether there is any key below a prefix; empty if that is unknown. */
    Optional<Boolean> holds(String prefix) {
        for (KeyRange range : ranges) {
            if (range.holds(prefix)) {
                return Optional.of(true);
            }
            if (range.coversAllBelow(prefix)) {
                return Optional.of(false);
            }
        }
        return Optional.empty();
    }

    /** What is stored under a key, perhaps nothing, as a list of at most one; empty if that is unknown. */
    Optional<List<ObjectInfo>> info(String key) {
        FolderListing listed = folders.get(key.substring(0, key.lastIndexOf('/') + 1));
        if (listed != null) {
            return Optional.of(listed.objects().stream()
                    .filter(object -> object.key().equals(key))
                    .toList());
        }
        for (KeyRange range : ranges) {
            if (range.covers(key)) {
                return Optional.of(range.info(key).stream().toList());
            }
        }
        return Optional.empty();
    }

    /** Whether a hierarchy is known to have metadata, but none of the version of Zarr that a key belongs to. */
    boolean isOfOtherVersion(String hierarchy, String key) {
        return ranges.stream().anyMatch(range -> range.isOfOtherVersion(hierarchy, key));
    }
}
