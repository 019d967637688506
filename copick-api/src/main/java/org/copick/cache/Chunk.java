package org.copick.cache;

import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as it was when it was read: decoded, or found missing.
 *
 * @param bytes the decoded elements, or null for a chunk that is not stored; never changed
 * @param version the version of the stored object, or null when there was none
 */
@SuppressWarnings("ArrayRecordComponent") // shared by reference, never compared
public record Chunk(byte @Nullable [] bytes, @Nullable Version version) {
    /** A chunk that is not stored. */
    public static final Chunk MISSING = new Chunk(null, null);
}
