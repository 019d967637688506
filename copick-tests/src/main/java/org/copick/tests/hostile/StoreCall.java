package org.copick.tests.hostile;

import java.util.List;
import org.copick.storage.ByteRange;
import org.copick.storage.StoreOperation.Kind;

/**
 * A call to a store.
 *
 * @param kind the operation
 * @param key the key or prefix; for a deletion of several keys the first one
 * @param ranges the byte ranges, for {@link Kind#READ_RANGES}
 */
public record StoreCall(Kind kind, String key, List<ByteRange> ranges) {
    /**
     * Creates a call and copies the ranges.
     *
     * @param kind the operation
     * @param key the key or prefix; for a deletion of several keys the first one
     * @param ranges the byte ranges, for {@link Kind#READ_RANGES}
     */
    public StoreCall {
        ranges = List.copyOf(ranges);
    }

    /** Returns the call as text, for example {@code READ_RANGES 0/0.0.0 0+16 last 4}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind + " " + key);
        for (ByteRange range : ranges) {
            text.append(' ')
                    .append(range.fromEnd() ? "last " : range.offset() + "+")
                    .append(range.length());
        }
        return text.toString();
    }
}
