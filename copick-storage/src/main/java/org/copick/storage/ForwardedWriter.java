package org.copick.storage;

/** A writer that passes every call on to another writer; subclasses override single methods. */
public abstract class ForwardedWriter implements ObjectWriter {
    private final ObjectWriter writer;

    /** Passes all calls on to {@code writer}, including {@link #close}. */
    protected ForwardedWriter(ObjectWriter writer) {
        this.writer = writer;
    }

    @Override
    public void append(byte[] bytes, int from, int length) {
        writer.append(bytes, from, length);
    }

    @Override
    public ObjectInfo complete() {
        return writer.complete();
    }

    @Override
    public void close() {
        writer.close();
    }
}
