package org.copick.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.jspecify.annotations.Nullable;

/**
 * A walk through a root that makes the entries of its index, in key order.
 *
 * <p>Everything is listed but the chunks of Zarr hierarchies, which are only counted.
 */
final class RootWalk {
    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final Consumer<IndexEntry> entries;
    /** The hierarchy that is being walked through, or null between hierarchies. */
    private @Nullable Hierarchy open;

    /** Prepares a walk that passes the entries on. */
    RootWalk(ObjectStore store, Consumer<IndexEntry> entries) {
        this.store = store;
        this.entries = entries;
    }

    void run() {
        boolean hasFolders = store.can(StoreCapability.FOLDERS);
        for (String prefix : RootIndex.PREFIXES) {
            if (hasFolders) {
                folder(prefix);
            } else {
                pages(prefix);
            }
        }
        endHierarchy();
    }

    private void pages(String prefix) {
        @Nullable String after = null;
        while (true) {
            ListPage page = store.list(prefix, after, PAGE);
            inOrder(page.objects(), page.folders());
            if (page.complete()) {
                return;
            }
            after = KeyRange.lastKey(page);
        }
    }

    private void inOrder(List<ObjectInfo> objects, List<String> folders) {
        int next = 0;
        for (String folder : folders) {
            while (next < objects.size()
                    && KeyOrder.BY_CODE_POINT.compare(objects.get(next).key(), folder) < 0) {
                object(objects.get(next++));
            }
            emptyFolder(folder);
        }
        objects.subList(next, objects.size()).forEach(this::object);
    }

    private void folder(String prefix) {
        FolderListing level = store.listFolder(prefix);
        if (level.objects().isEmpty() && level.prefixes().isEmpty()) {
            if (store.holds(prefix)) {
                emptyFolder(prefix);
            }
            return;
        }
        List<Object> children = new ArrayList<>(level.objects());
        children.addAll(level.prefixes());
        children.sort(Comparator.comparing(RootWalk::name, KeyOrder.BY_CODE_POINT));
        for (Object child : children) {
            if (child instanceof ObjectInfo object) {
                object(object);
            } else if (KeyRange.hierarchyOf((String) child) == null) {
                folder((String) child);
            } else {
                emptyFolder((String) child);
                store.forEach((String) child, this::object);
            }
        }
    }

    private static String name(Object child) {
        return child instanceof ObjectInfo object ? object.key() : (String) child;
    }

    private void object(ObjectInfo object) {
        String prefix = KeyRange.hierarchyOf(object.key());
        if (prefix == null) {
            endHierarchy();
            entries.accept(new IndexEntry.Listed(object));
        } else {
            hierarchy(prefix).add(object);
        }
    }

    private void emptyFolder(String folder) {
        String prefix = KeyRange.hierarchyOf(folder);
        if (prefix == null) {
            endHierarchy();
            entries.accept(new IndexEntry.Folder(folder));
        } else {
            hierarchy(prefix);
        }
    }

    private Hierarchy hierarchy(String prefix) {
        Hierarchy current = open;
        if (current == null || !current.prefix.equals(prefix)) {
            endHierarchy();
            current = new Hierarchy(prefix);
            open = current;
        }
        return current;
    }

    private void endHierarchy() {
        if (open != null) {
            open.emit(entries);
            open = null;
        }
    }

    /** The objects of one hierarchy: metadata, and the number and size of all others by the folder they are in. */
    private static final class Hierarchy {
        private final String prefix;
        private final List<ObjectInfo> metadata = new ArrayList<>();
        private final Map<String, long[]> counts = new TreeMap<>(KeyOrder.BY_CODE_POINT);

        Hierarchy(String prefix) {
            this.prefix = prefix;
        }

        void add(ObjectInfo object) {
            String key = object.key();
            int slash = key.indexOf('/', prefix.length());
            boolean isMetadata = KeyRange.zarrVersion(key) != 0;
            if (isMetadata) {
                metadata.add(object);
            }
            if (slash >= 0 || !isMetadata) {
                // a folder with metadata only is counted, too: chunks can be added to it
                long[] count =
                        counts.computeIfAbsent(slash < 0 ? prefix : key.substring(0, slash + 1), none -> new long[2]);
                count[0] += isMetadata ? 0 : 1;
                count[1] += isMetadata ? 0 : object.size();
            }
        }

        void emit(Consumer<IndexEntry> entries) {
            if (metadata.isEmpty() && counts.isEmpty()) {
                entries.accept(new IndexEntry.Folder(prefix));
                return;
            }
            List<IndexEntry> all = new ArrayList<>();
            metadata.forEach(object -> all.add(new IndexEntry.Listed(object)));
            counts.forEach((folder, count) -> all.add(new IndexEntry.Counted(folder, count[0], count[1])));
            all.sort(Comparator.comparing(IndexEntry::name, KeyOrder.BY_CODE_POINT));
            all.forEach(entries);
        }
    }
}
