package org.copick.storage.remote;

import java.util.Optional;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** The result of one request for an object's content. */
public final class Part {
    /** The object does not exist. */
    public static final Part ABSENT = new Part(null, new byte[0]);

    /** The object does not have the requested version. */
    public static final Part CHANGED = new Part(null, new byte[0]);

    private final @Nullable ObjectInfo info;
    private final byte[] bytes;

    private Part(@Nullable ObjectInfo info, byte[] bytes) {
        this.info = info;
        this.bytes = bytes;
    }

    /**
     * {@return a result with the given bytes, which are not copied}
     *
     * @param info the object's key, size and version
     * @param bytes the received bytes
     */
    public static Part there(ObjectInfo info, byte[] bytes) {
        return new Part(info, bytes);
    }

    /**
     * {@return the result for a range that the service reports to be beyond the object's end}
     *
     * @param info the object's current state; empty if it does not exist
     * @param range the requested range
     * @param expected the required version, or null for any version
     */
    public static Part pastTheEnd(Optional<ObjectInfo> info, ByteRange range, @Nullable Version expected) {
        if (info.isEmpty()) {
            return ABSENT;
        }
        boolean asExpected = expected == null || info.get().version().equals(expected);
        boolean isPast = range.lengthIn(info.get().size()) == 0;
        return asExpected && isPast ? there(info.get(), new byte[0]) : CHANGED;
    }

    boolean isThere() {
        return info != null;
    }

    /**
     * {@return the object's key, size and version}
     *
     * @throws IllegalStateException if the object is absent or changed
     */
    public ObjectInfo info() {
        if (info == null) {
            throw new IllegalStateException("nothing was found");
        }
        return info;
    }

    /** {@return the received bytes, which are not copied; empty if the object is absent or changed} */
    public byte[] bytes() {
        return bytes;
    }
}
