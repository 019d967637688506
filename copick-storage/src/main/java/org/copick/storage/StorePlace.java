package org.copick.storage;

import org.jspecify.annotations.Nullable;

/**
 * A prefix of a store whose objects are replaced as a whole.
 *
 * @param store the store that holds the objects
 * @param prefix empty for the whole store, or ending with {@code /}
 */
public record StorePlace(ObjectStore store, String prefix) {
    private static final String WRITING = ".writing";

    /**
     * Checks the prefix.
     *
     * @param store the store that holds the objects
     * @param prefix empty, or ending with {@code /}
     * @throws org.copick.error.InvalidNameException if the prefix is invalid
     */
    public StorePlace {
        Keys.checkedPrefix(prefix);
    }

    /**
     * {@return the key of the marker object: while it exists, the objects at this place are being written and
     * incomplete} For the prefix {@code a/b/} it is {@code a/.b.writing}. A crash during the write leaves the marker
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
     * {@return the name of the sibling that a marker object marks as incomplete; null if the key is no sibling's
     * marker}
     *
     * @param key the key of any object
     */
    public static @Nullable String markedName(String key) {
        String name = Keys.lastSegment(key);
        boolean isMark = name.startsWith(".") && name.endsWith(WRITING) && name.length() > WRITING.length() + 1;
        return isMark ? name.substring(1, name.length() - WRITING.length()) : null;
    }

    /** {@return a view of the store with keys relative to the prefix} Closing it leaves the store open. */
    public ObjectStore scoped() {
        return new PrefixStore(store, prefix);
    }

    /** {@return the path or URL of this place} */
    public String location() {
        return scoped().location();
    }

    @Override
    public String toString() {
        return location();
    }
}
