package org.copick.fs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for replacing files by version below one root, shared by all processes of this machine. It is an advisory lock
 * on a hidden file in the root; the file is not deleted.
 *
 * <p>The file may belong to another user and not be writable for this one, for example if an older version of this
 * library created it. This user then takes a shared lock on it, which only needs read permission, and continues with
 * the next file, {@code .copick-lock-2} and so on, up to the first writable one. For any two users there is therefore a
 * file that both lock and at least one locks exclusively, and all users lock the files in the same order. A user who
 * may not create files in the root uses the folder of the replaced file. A file that cannot even be read excludes
 * nobody.
 *
 * <p>Within a process there is a single lock for all roots. The operating system releases a process's lock when the
 * process closes any handle of the file, and two roots may be one folder under two names.
 */
final class ReplaceLock implements AutoCloseable {
    /** Maximum number of lock files to try; more than users will ever own in one folder. */
    private static final int FILES = 100;

    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Deque<FileChannel> held = new ArrayDeque<>();

    private ReplaceLock() {}

    /** Acquires the lock to replace {@code target}, whose folder must exist. */
    static ReplaceLock of(Path root, Path target) throws IOException {
        try {
            IN_PROCESS.lockInterruptibly();
        } catch (InterruptedException e) {
            throw Failures.interrupted("lock", root.resolve(Names.lock(1)));
        }
        ReplaceLock lock = new ReplaceLock();
        try {
            Path folder = target.getParent();
            boolean taken = lock.take(root) || (folder != null && !folder.equals(root) && lock.take(folder));
            if (!taken) {
                throw new AccessDeniedException(root.resolve(Names.lock(1)).toString());
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Locks the files of a folder up to the first that can be locked exclusively; returns whether there was one. */
    private boolean take(Path folder) throws IOException {
        for (int number = 1; number <= FILES; number++) {
            Path file = folder.resolve(Names.lock(number));
            try {
                held.push(toWrite(file));
                held.element().lock();
                return true;
            } catch (AccessDeniedException e) {
                if (!Files.exists(file)) {
                    return false;
                }
                share(file);
            }
        }
        return false;
    }

    private void share(Path file) throws IOException {
        try {
            held.push(FileChannel.open(file, StandardOpenOption.READ));
            held.element().lock(0, Long.MAX_VALUE, true);
        } catch (AccessDeniedException | NoSuchFileException e) {
            return; // an unreadable file cannot be locked
        }
    }

    private static FileChannel toWrite(Path file) throws IOException {
        while (true) {
            try {
                // without the option CREATE, with which Linux denies opening others' files in a sticky folder
                return opened(file, FileChannel.open(file, StandardOpenOption.WRITE));
            } catch (NoSuchFileException e) {
                try {
                    return opened(
                            file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                } catch (FileAlreadyExistsException other) {
                    // another process has just created it
                }
            }
        }
    }

    /**
     * Lets the users who share the folder write the lock file, so that only files of older versions are not writable.
     */
    private static FileChannel opened(Path file, FileChannel channel) throws IOException {
        try {
            Sharing.of(file.getParent()).passOnLock(file);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            while (!held.isEmpty()) {
                // closing a channel releases its lock
                held.pop().close();
            }
        } finally {
            IN_PROCESS.unlock();
        }
    }
}
