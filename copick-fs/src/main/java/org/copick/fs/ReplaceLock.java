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
 * Exclusion of everyone who replaces files by version below one root, in all processes of this machine: an advisory
 * lock on a hidden file in the root, which stays there.
 *
 * <p>The file may belong to another user and be closed to this one, for example if an older version of this library made it.
 * Then this user shares the lock on it, which only takes the permission to read, and takes the next file, {@code
 * .copick-lock-2} and so on, up to one that it may write. Two users always meet in one file that at least one of them locks for
 * itself, and all take the files in one order. A user who may not make files in the root goes on in the folder of the replaced
 * file. A file that cannot even be read excludes nobody.
 *
 * <p>Within a process there is a single lock for all roots. The operating system gives up a process's lock when the
 * process closes any handle of the file, and two roots may be one folder under two names.
 */
final class ReplaceLock implements AutoCloseable {
    /** More users than ever kept files of their own in one folder; it only ends the search. */
    private static final int FILES = 100;

    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Deque<FileChannel> held = new ArrayDeque<>();

    private ReplaceLock() {}

    /** Takes the lock to replace {@code target}, whose folder must exist. */
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

    /** Returns whether this user could lock a file of the folder for itself. */
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
            return; // nothing can be known of its owner
        }
    }

    private static FileChannel toWrite(Path file) throws IOException {
        while (true) {
            try {
                // not created by this, which Linux forbids for files of others in a sticky folder
                return opened(file, FileChannel.open(file, StandardOpenOption.WRITE));
            } catch (NoSuchFileException e) {
                try {
                    return opened(
                            file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                } catch (FileAlreadyExistsException other) {
                    // somebody else made it in this moment
                }
            }
        }
    }

    /** Opens the file to those who share the folder, so that only others' files of older versions are closed to a user. */
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
                // the locks go with their channels
                held.pop().close();
            }
        } finally {
            IN_PROCESS.unlock();
        }
    }
}
