package org.copick.storage;

import java.util.Arrays;
import java.util.Objects;
import org.copick.error.ClosedException;
import org.copick.error.UnsupportedFeatureException;

/** Collects an object in memory and writes it in one call, for stores that cannot write piece by piece. */
final class BufferedWriter implements ObjectWriter {
    /** The length in bytes of the longest array that every JVM can allocate. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

    private static final int FIRST_BYTES = 1 << 16;

    private final ObjectStore store;
    private final String key;
    private final WriteCondition condition;
    private byte[] content = {};
    private int length;
    private boolean closed;

    BufferedWriter(ObjectStore store, String key, WriteCondition condition) {
        this.store = store;
        this.key = Keys.checked(key);
        this.condition = condition;
    }

    @Override
    public void append(byte[] bytes, int from, int count) {
        requireOpen();
        Objects.checkFromIndexSize(from, count, bytes.length);
        if (count > MOST_BYTES - length) {
            throw new UnsupportedFeatureException("cannot write " + store.location() + "/" + key
                    + ": this kind of store takes objects of " + MOST_BYTES + " bytes at most");
        }
        if (count > content.length - length) {
            long wanted = Math.max(Math.max(FIRST_BYTES, 2L * content.length), (long) length + count);
            content = Arrays.copyOf(content, (int) Math.min(MOST_BYTES, wanted));
        }
        System.arraycopy(bytes, from, content, length, count);
        length += count;
    }

    @Override
    public ObjectInfo complete() {
        requireOpen(); // otherwise the object would be written without the bytes that close discarded
        return store.write(key, content.length == length ? content : Arrays.copyOf(content, length), condition);
    }

    @Override
    public void close() {
        closed = true;
        content = new byte[0];
        length = 0;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("cannot write " + store.location() + "/" + key + ": the writer is closed");
        }
    }
}
