package org.copick.zarr.codec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A private folder for a library to unpack native code to. It is deleted as soon as the code is loaded, and the code
 * stays loaded. If the process is killed before that, or on systems that cannot delete files in use, the folder remains
 * and the next process deletes it. A file lock, which ends with its process, shows whether a folder is in use.
 */
final class UnpackFolder implements AutoCloseable {
    private static final String PREFIX = "copick-native-";
    private static final String LOCK = "lock";

    /** Age from which a folder without a lock counts as abandoned; loading takes milliseconds. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Path path;
    private final @Nullable FileChannel lock;

    private UnpackFolder(Path path) {
        this.path = path;
        this.lock = locked(path);
    }

    /**
     * Creates a folder and deletes abandoned ones.
     *
     * @param temporary the parent folder, such as the one in {@code java.io.tmpdir}
     */
    static UnpackFolder in(Path temporary) throws IOException {
        UnpackFolder folder = new UnpackFolder(Files.createTempDirectory(temporary, PREFIX));
        try {
            folder.clearOthers(temporary, Files.getOwner(folder.path));
        } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
            // leftovers must not prevent the use of native code
        }
        return folder;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // the lock ends with the process
        }
        delete(path);
    }

    /**
     * Locks a folder and returns the channel that holds the lock; null if locks are not supported. The lock file only
     * becomes visible once it is locked.
     */
    private static @Nullable FileChannel locked(Path folder) {
        Path unlocked = folder.resolve(LOCK + ".new");
        try {
            FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                Files.move(unlocked, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            // the file system is full or has no locks
        }
        return null;
    }

    /**
     * Deletes abandoned folders of this user. Folders of other users are skipped, because a file there could be
     * exchanged for a link.
     */
    private void clearOthers(Path temporary, UserPrincipal user) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                BasicFileAttributes attributes =
                        Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                // opening its own lock file would release the lock
                if (attributes.isDirectory()
                        && !folder.equals(path)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
                        && isAbandoned(folder, attributes.lastModifiedTime().toInstant())) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder, Instant changed) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return changed.isBefore(Instant.now().minus(ABANDONED));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException e) {
            // a file is in use; the next process tries again
        }
    }
}
