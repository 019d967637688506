package org.copick.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A lock that excludes other writers and deleters of one file in this process, even if they use another store or link.
 * Files share a fixed number of locks.
 */
final class KeyLock implements AutoCloseable {
    private static final ReentrantLock[] LOCKS =
            Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);

    private final ReentrantLock lock;

    private KeyLock(ReentrantLock lock) {
        this.lock = lock;
    }

    /**
     * Acquires the lock of {@code file}, whose folder must exist.
     *
     * @throws IOException if the folder cannot be resolved
     * @throws org.copick.error.OperationInterruptedException if interrupted while waiting
     */
    static KeyLock of(Path file) throws IOException {
        Path name = file.getFileName();
        Path folder = file.getParent();
        Path real = folder == null || name == null ? file : folder.toRealPath().resolve(name);
        ReentrantLock lock = LOCKS[Math.floorMod(real.hashCode(), LOCKS.length)];
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw Failures.interrupted("write", file);
        }
        return new KeyLock(lock);
    }

    @Override
    public void close() {
        lock.unlock();
    }
}
