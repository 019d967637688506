package org.copick.storage.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.copick.error.StorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder of pieces within its size bound by deleting the least recently used pieces. The folder is scanned for
 * pieces of other processes before this process writes its first piece, and then each time it has written a sixteenth
 * of the bound.
 */
final class DiskQuota {
    private static final Logger LOG = LoggerFactory.getLogger(DiskQuota.class);
    /** Block size in bytes: file sizes are rounded up to it, as most file systems allocate them. */
    private static final long UNIT = 4096;
    /** Divisor of the bound: an eighth more than necessary is deleted, so that not every new piece causes a scan. */
    private static final int SPARE = 8;

    private static final int OWN_WRITES = 16;
    /** Glob of the names of folders that hold the objects whose hashes begin with these digits. */
    private static final String GROUP = "[0-9a-f][0-9a-f]";

    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final long most;
    private final Lock looking = new ReentrantLock();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong writing = new AtomicLong();
    private final AtomicLong unseen;

    DiskQuota(Path folder, long most) {
        this.folder = folder;
        this.most = most;
        this.unseen = new AtomicLong(most / OWN_WRITES);
    }

    /**
     * Reserves room for a file. The caller then writes it and calls {@link #written}.
     *
     * @return false if there is no room now
     */
    boolean take(long fileLength) {
        long bytes = units(fileLength);
        if (bytes > most) {
            return false;
        }
        writing.addAndGet(bytes);
        boolean due = unseen.addAndGet(bytes) > most / OWN_WRITES;
        if ((used.addAndGet(bytes) > most || due) && looking.tryLock()) {
            try {
                lookThrough();
            } finally {
                looking.unlock();
            }
        }
        if (used.get() > most) {
            written(fileLength, false);
            return false;
        }
        return true;
    }

    /** Ends a reservation: the file was written, or writing it failed and its room is free again. */
    void written(long fileLength, boolean well) {
        writing.addAndGet(-units(fileLength));
        if (!well) {
            used.addAndGet(-units(fileLength));
        }
    }

    /** Returns the finished pieces of all processes. */
    DiskCacheUsage usage() {
        return sum(pieces());
    }

    /**
     * Deletes the finished pieces of all processes, and returns them.
     *
     * @throws StorageException if some of them cannot be deleted
     */
    DiskCacheUsage clear() {
        looking.lock();
        try {
            List<Kept> deleted = new ArrayList<>();
            IOException failure = null;
            for (Kept piece : pieces()) {
                try {
                    delete(piece.file);
                    deleted.add(piece);
                } catch (IOException e) {
                    failure = e;
                }
            }
            removeEmptyFolders();
            lookThrough();
            if (failure != null) {
                throw new StorageException(
                        "cannot delete all files of the disk cache " + folder + ": " + failure
                                + "; check the permissions of its folders",
                        failure);
            }
            return sum(deleted);
        } finally {
            looking.unlock();
        }
    }

    /** Removes the folders that group objects by the first digits of their hashes. */
    private void removeEmptyFolders() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(folder, GROUP)) {
            for (Path group : groups) {
                if (Files.isDirectory(group, LinkOption.NOFOLLOW_LINKS)) {
                    ObjectFolder.removeIfEmpty(group);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("cannot list {}", folder, e);
        }
    }

    private static DiskCacheUsage sum(List<Kept> pieces) {
        return new DiskCacheUsage(
                pieces.size(), pieces.stream().mapToLong(Kept::bytes).sum());
    }

    private record Kept(Path file, long bytes, Instant used) {}

    private void lookThrough() {
        unseen.set(0);
        // read before the scan: a file that the scan finds, too, is counted twice, but none is missed
        long underWay = writing.get();
        List<Kept> pieces = pieces();
        long total = pieces.stream().mapToLong(Kept::bytes).sum();
        long needed = underWay + unseen.get();
        if (total + needed > most) {
            long goal = most - most / SPARE - needed;
            pieces.sort(Comparator.comparing(Kept::used));
            int count = 0;
            while (count < pieces.size() && total > goal) {
                Kept oldest = pieces.get(count++);
                if (isGone(oldest.file)) {
                    total -= oldest.bytes;
                }
            }
            LOG.debug("dropped {} of {} pieces in {}", count, pieces.size(), folder);
        }
        used.set(total + underWay + unseen.get());
    }

    private List<Kept> pieces() {
        List<Kept> pieces = new ArrayList<>();
        Instant abandoned = Instant.now().minus(ABANDONED);
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = String.valueOf(file.getFileName());
                    Instant changed = attributes.lastModifiedTime().toInstant();
                    if (!attributes.isRegularFile()) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (Piece.named(name) != null) {
                        pieces.add(new Kept(file, units(attributes.size()), changed));
                    } else if (ObjectFolder.isTemporary(name) && changed.isBefore(abandoned)) {
                        var unused = isGone(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.debug("cannot scan {}", folder, e);
        }
        return pieces;
    }

    /** Deletes a file, and its folder if it is empty then. Returns whether the file no longer exists. */
    private static boolean isGone(Path file) {
        try {
            delete(file);
            return true;
        } catch (IOException e) {
            LOG.debug("cannot delete {}", file, e);
            return false;
        }
    }

    private static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        ObjectFolder.removeIfEmpty(file.getParent());
    }

    private static long units(long bytes) {
        return (bytes + UNIT - 1) / UNIT * UNIT;
    }
}
