package org.copick.fs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Exclusion of everyone who replaces files by version below one root, in all processes of this machine: an advisory
 * lock on a hidden file in the root, which stays there.
 *
 * <p>Within a process there is a single lock for all roots. The operating system gives up a process's lock when the
 * process closes any handle of the file, and two roots may be one folder under two names.
 */
final class ReplaceLock implements AutoCloseable {
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private ReplaceLock(FileChannel channel) {
        this.channel = channel;
    }

    static ReplaceLock of(Path root) throws IOException {
        Path file = root.resolve(Names.LOCK);
        try {
            IN_PROCESS.lockInterruptibly();
        } catch (InterruptedException e) {
            throw Failures.interrupted("lock", file);
        }
        try {
            return new ReplaceLock(locked(file));
        } catch (IOException | RuntimeException e) {
            IN_PROCESS.unlock();
            throw e;
        }
    }

    @SuppressWarnings("resource") // the file lock goes with its channel
    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            IN_PROCESS.unlock();
        }
    }
}
