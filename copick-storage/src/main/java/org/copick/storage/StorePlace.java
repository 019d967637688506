package org.copick.storage;

import org.jspecify.annotations.Nullable;

/**
 * All that lies below a prefix of a store, for those who replace it as a whole.
 *
 * @param prefix empty for all of the store, or ending with {@code /}
 */
public record StorePlace(ObjectStore store, String prefix) {
    private static final String WRITING = ".writing";

    public StorePlace {
        Keys.checkedPrefix(prefix);
    }

    /**
     * The object that tells, while it exists, that what is here is being written and not whole: beside this place, {@code .},
     * the last part of the prefix, {@code .writing}. A crash leaves it behind.
     */
    public String writingMark() {
        if (prefix.isEmpty()) {
            return WRITING;
        }
        String name = Keys.lastSegment(prefix);
        return prefix.substring(0, prefix.length() - name.length() - 1) + "." + name + WRITING;
    }

    /** The name of what a mark beside it says is being written, or null where {@code key} is no mark. */
    public static @Nullable String markedName(String key) {
        String name = Keys.lastSegment(key);
        boolean isMark = name.startsWith(".") && name.endsWith(WRITING) && name.length() > WRITING.length() + 1;
        return isMark ? name.substring(1, name.length() - WRITING.length()) : null;
    }

    /** What is there, as a store of its own. */
    public ObjectStore scoped() {
        return new PrefixStore(store, prefix);
    }

    /** Where it is, as a path or URL. */
    public String location() {
        return scoped().location();
    }

    @Override
    public String toString() {
        return location();
    }
}
