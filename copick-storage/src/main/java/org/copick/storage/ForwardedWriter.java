package org.copick.storage;

/** A writer that passes every call on to another writer; subclasses override single methods. */
public abstract class ForwardedWriter implements ObjectWriter {
    private final ObjectWriter writer;

    /**
     * Creates a writer that passes all calls on, including {@link #close}.
     *
     * @param writer the writer that receives the calls
     */
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
