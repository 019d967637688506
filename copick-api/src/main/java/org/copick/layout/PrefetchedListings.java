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

/** The answers that pages of keys and listings of folders provide. Not safe for use by several threads. */
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

    /** Records that the first page of a run is read; returns false if it was read before. */
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

    /** Returns whether any key has a prefix; empty if unknown. */
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

    /** Returns the object with a key as a list, empty if there is no such object; an empty Optional if unknown. */
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

    /** Returns whether a hierarchy is known to have metadata, but none of the Zarr version of {@code key}. */
    boolean isOfOtherVersion(String hierarchy, String key) {
        return ranges.stream().anyMatch(range -> range.isOfOtherVersion(hierarchy, key));
    }
}
