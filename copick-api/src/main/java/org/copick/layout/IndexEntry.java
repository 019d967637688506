package org.copick.layout;

import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;

/** One entry of a {@link RootIndex}. */
sealed interface IndexEntry {
    /** Returns the key of an object, or a prefix that ends with {@code /}. */
    String name();

    /** An object with its size and version. */
    record Listed(ObjectInfo info) implements IndexEntry {
        Listed(String key, long size, String version) {
            this(new ObjectInfo(key, size, new Version(version)));
        }

        @Override
        public String name() {
            return info.key();
        }
    }

    /** A folder that the store lists although nothing is below it. */
    record Folder(String name) implements IndexEntry {}

    /**
     * Chunks below a prefix, which the index counts and does not list.
     *
     * @param name the prefix, a Zarr hierarchy or a folder directly in one
     * @param objects the number of objects below it that the index does not list
     * @param bytes the sum of their sizes
     */
    record Counted(String name, long objects, long bytes) implements IndexEntry {}
}
