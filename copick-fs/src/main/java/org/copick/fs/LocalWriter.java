package org.copick.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;

/** Writes a file piece by piece under a temporary name, and moves it to its target when it is complete. */
final class LocalWriter implements ObjectWriter {
    private final FileWriter files;
    private final NewFile file;
    private final Path target;
    private final String key;
    private final WriteCondition condition;
    private final Runnable usable;

    /**
     * Creates the temporary file.
     *
     * @param usable throws if the store is closed or the thread interrupted
     */
    LocalWriter(FileWriter files, Path target, String key, WriteCondition condition, Runnable usable) {
        this.files = files;
        this.target = target;
        this.key = key;
        this.condition = condition;
        this.usable = usable;
        this.file = files.begin(target);
    }

    @Override
    public void append(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        usable.run();
        try {
            file.append(bytes, from, length);
        } catch (IOException e) {
            throw Failures.ofWrite(target, length, e);
        }
    }

    @Override
    public ObjectInfo complete() {
        usable.run();
        return files.complete(file, target, condition).info(key);
    }

    @Override
    public void close() {
        file.close();
    }
}
