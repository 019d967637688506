package org.copick.storage;

import org.jspecify.annotations.Nullable;

/**
 * A prefix of a store whose objects are replaced as a whole.
 *
 * @param prefix empty for the whole store, or ending with {@code /}
 */
public record StorePlace(ObjectStore store, String prefix) {
    private static final String WRITING = ".writing";

    public StorePlace {
        Keys.checkedPrefix(prefix);
    }

    /**
     * Returns the key of the marker object: while it exists, the objects at this place are being written and
     * incomplete. For the prefix {@code a/b/} it is {@code a/.b.writing}. A crash during the write leaves the marker
     * behind.
     */
    public String writingMark() {
        if (prefix.isEmpty()) {
            return WRITING;
        }
        String name = Keys.lastSegment(prefix);
        return prefix.substring(0, prefix.length() - name.length() - 1) + "." + name + WRITING;
    }

    /**
     * Returns the name of the sibling that a marker object marks as incomplete, or null if {@code key} is no marker.
     */
    public static @Nullable String markedName(String key) {
        String name = Keys.lastSegment(key);
        boolean isMark = name.startsWith(".") && name.endsWith(WRITING) && name.length() > WRITING.length() + 1;
        return isMark ? name.substring(1, name.length() - WRITING.length()) : null;
    }

    /** Returns a view of the store with keys relative to the prefix. */
    public ObjectStore scoped() {
        return new PrefixStore(store, prefix);
    }

    /** Returns the path or URL of this place. */
    public String location() {
        return scoped().location();
    }

    @Override
    public String toString() {
        return location();
    }
}
