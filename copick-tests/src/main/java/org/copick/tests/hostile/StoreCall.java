package org.copick.tests.hostile;

import java.util.List;
import org.copick.storage.ByteRange;
import org.copick.storage.StoreOperation.Kind;

/**
 * One call to a store.
 *
 * @param kind which operation
 * @param key the key or prefix; of several keys to be deleted the first
 * @param ranges which bytes, for {@link Kind#READ_RANGES}
 */
public record StoreCall(Kind kind, String key, List<ByteRange> ranges) {
    public StoreCall {
        ranges = List.copyOf(ranges);
    }

    /** As in {@code READ_RANGES 0/0.0.0 0+16 last 4}. */
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
