package org.copick.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys that was paged through: all keys after {@code from} and before {@code end}.
 *
 * <p>For a Zarr hierarchy it stores only its existence and the Zarr versions of its metadata.
 */
final class KeyRange {
    private static final String ZARR_FOLDER = Layout.ZARR + "/";
    private static final String STAGED_FOLDER = ".staged/";
    /** Keys in a page, the most that object stores return for one request. */
    static final int PAGE = 1000;

    private final String from;
    /** The objects by their keys; null for hierarchies and folders. There may be a million, so each is one entry only. */
    private final TreeMap<String, @Nullable ObjectInfo> keys = new TreeMap<>(KeyOrder.BY_CODE_POINT);
    /** The Zarr versions for which each hierarchy has metadata, as a sum of powers of two. */
    private final Map<String, Integer> versions = new HashMap<>();

    private final Set<String> skipped = new HashSet<>();

    private @Nullable String end;
    private @Nullable String after;
    private int pages;

    /** Creates an empty range that starts after this key. */
    KeyRange(String from) {
        this.from = from;
        this.end = from;
        this.after = from.equals(Layout.RUNS) ? null : from;
    }

    /**
     * Reads and adds the page that continues this range.
     *
     * @param seeks whether the next page may start behind the hierarchy in which this one ends
     */
    void readPage(ObjectStore store, boolean seeks) {
        addPage(store.list(Layout.RUNS, after, PAGE), seeks);
    }

    void addPage(ListPage page, boolean seeks) {
        add(page);
        String hierarchy = page.complete() ? null : hierarchyOf(lastKey(page));
        if (hierarchy != null && seeks) {
            skip(hierarchy);
        }
    }

    /** Adds the page that continues this range. */
    void add(ListPage page) {
        pages++;
        for (ObjectInfo object : page.objects()) {
            String hierarchy = hierarchyOf(object.key());
            if (hierarchy == null) {
                keys.put(object.key(), object);
            } else {
                keys.put(hierarchy, null);
                int version = zarrVersion(object.key());
                if (version != 0) {
                    versions.merge(hierarchy, 1 << version, (some, more) -> some | more);
                }
            }
        }
        for (String folder : page.folders()) {
            String hierarchy = hierarchyOf(folder);
            keys.putIfAbsent(hierarchy == null ? folder : hierarchy, null);
        }
        after = page.complete() ? null : lastKey(page);
        end = page.complete() ? null : lastKey(page) + "\0";
    }

    /**
     * Skips the rest of a hierarchy.
     *
     * <p>Names in a hierarchy consist of digits, letters and dots, which all sort before {@code ~}. Any other name
     * would still be listed and recognised as part of the hierarchy.
     */
    void skip(String hierarchy) {
        skipped.add(hierarchy);
        after = hierarchy + "~";
        end = successor(hierarchy);
    }

    /**
     * Adds a range that begins where this one ends, or before.
     *
     * @return false, after doing nothing, if there are unknown keys between the two
     */
    boolean append(KeyRange next) {
        if (end != null && KeyOrder.BY_CODE_POINT.compare(next.from, end) > 0) {
            return false;
        }
        keys.putAll(next.keys);
        next.versions.forEach((hierarchy, seen) -> versions.merge(hierarchy, seen, (some, more) -> some | more));
        skipped.addAll(next.skipped);
        pages += next.pages;
        if (end != null && (next.end == null || KeyOrder.BY_CODE_POINT.compare(next.end, end) > 0)) {
            after = next.after;
            end = next.end;
        }
        return true;
    }

    /** Returns the number of pages that were added. */
    int pages() {
        return pages;
    }

    /** Returns the key after which the next page starts; null for the first page, and if there is no next one. */
    @Nullable String after() {
        return after;
    }

    /** Returns the key after which this range starts. */
    String from() {
        return from;
    }

    /** Ends a complete range at the end of {@code prefix} instead of the end of all keys. */
    void endWith(String prefix) {
        if (end == null) {
            end = successor(prefix);
        }
    }

    /** Returns the end of this range; null if it extends to the end of all keys. */
    @Nullable String end() {
        return end;
    }

    boolean coversAllBelow(String prefix) {
        return KeyOrder.BY_CODE_POINT.compare(from, prefix) <= 0
                && (end == null || KeyOrder.BY_CODE_POINT.compare(end, successor(prefix)) >= 0);
    }

    /** Returns whether this range extends to a key, or beyond. */
    boolean coversUpTo(String key) {
        return end == null || KeyOrder.BY_CODE_POINT.compare(end, key) >= 0;
    }

    boolean covers(String key) {
        return KeyOrder.BY_CODE_POINT.compare(from, key) < 0
                && (end == null || KeyOrder.BY_CODE_POINT.compare(key, end) < 0);
    }

    Optional<ObjectInfo> info(String key) {
        return Optional.ofNullable(keys.get(key));
    }

    /** Returns whether the range contains a key with this prefix, outside of hierarchies. */
    boolean holds(String prefix) {
        String key = keys.ceilingKey(prefix);
        return key != null && key.startsWith(prefix);
    }

    /**
     * Returns whether all keys of a hierarchy are known and its metadata are only of another Zarr version than {@code
     * key}.
     */
    boolean isOfOtherVersion(String hierarchy, String key) {
        int seen = versions.getOrDefault(hierarchy, 0);
        return seen != 0
                && (seen & 1 << zarrVersion(key)) == 0
                && !skipped.contains(hierarchy)
                && coversAllBelow(hierarchy);
    }

    FolderListing level(String prefix) {
        List<ObjectInfo> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (var entry : keys.tailMap(prefix, false).entrySet()) {
            String key = entry.getKey();
            if (!key.startsWith(prefix)) {
                break;
            }
            int slash = key.indexOf('/', prefix.length());
            if (slash < 0) {
                if (entry.getValue() != null) {
                    objects.add(entry.getValue());
                }
            } else {
                String below = key.substring(0, slash + 1);
                if (prefixes.isEmpty() || !prefixes.get(prefixes.size() - 1).equals(below)) {
                    prefixes.add(below);
                }
            }
        }
        return new FolderListing(objects, prefixes);
    }

    static String lastKey(ListPage page) {
        return page.objects().get(page.objects().size() - 1).key();
    }

    /** Returns the prefix of the Zarr hierarchy that contains a key, staged ones included; null for other keys. */
    static @Nullable String hierarchyOf(String key) {
        int end = endOf(ZARR_FOLDER, key);
        int stagedEnd = endOf(STAGED_FOLDER, key);
        int outer = end < 0 || stagedEnd < 0 ? Math.max(end, stagedEnd) : Math.min(end, stagedEnd);
        return outer < 0 ? null : key.substring(0, outer);
    }

    private static int endOf(String folder, String key) {
        int at = key.indexOf(folder);
        return at < 0 ? -1 : at + folder.length();
    }

    /** Returns the Zarr version if the key is that of a metadata object, otherwise 0. */
    static int zarrVersion(String key) {
        String name = Keys.lastSegment(key);
        return name.equals("zarr.json") ? 3 : name.startsWith(".z") ? 2 : 0;
    }

    /** Returns the least text after all keys with a prefix: {@code 0} is the character after the separator. */
    static String successor(String prefix) {
        Keys.checkedPrefix(prefix);
        return prefix.substring(0, prefix.length() - 1) + "0";
    }
}
