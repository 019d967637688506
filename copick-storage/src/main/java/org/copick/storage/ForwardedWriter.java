package org.copick.storage;

/** Another writer, for wrappers of stores that change a part of what it does. */
public abstract class ForwardedWriter implements ObjectWriter {
    private final ObjectWriter writer;

    /** Everything goes to this writer, closing it too. */
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
