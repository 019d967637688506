package org.copick.storage.remote;

import java.util.Optional;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** What one request for bytes of an object found. */
public final class Part {
    /** There is no such object. */
    public static final Part ABSENT = new Part(null, new byte[0]);

    /** The object is not of the version that was asked for. */
    public static final Part CHANGED = new Part(null, new byte[0]);

    private final @Nullable ObjectInfo info;
    private final byte[] bytes;

    private Part(@Nullable ObjectInfo info, byte[] bytes) {
        this.info = info;
        this.bytes = bytes;
    }

    /** These bytes, which are handed on without being copied, of this object. */
    public static Part there(ObjectInfo info, byte[] bytes) {
        return new Part(info, bytes);
    }

    /**
     * What a range is that the service says is past the object's end.
     *
     * @param info the object as it is now
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

    /** The object, where there is one of the version that was asked for. */
    public ObjectInfo info() {
        if (info == null) {
            throw new IllegalStateException("nothing was found");
        }
        return info;
    }

    /** Its bytes; empty where there is none. */
    public byte[] bytes() {
        return bytes;
    }
}
