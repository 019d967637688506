package org.copick.storage.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder of pieces within its bound, by deleting those that were used longest ago. What other processes write is
 * seen when the folder is looked through: before the first piece is written, and then each time that this process has
 * written a sixteenth of the bound.
 */
final class DiskQuota {
    private static final Logger LOG = LoggerFactory.getLogger(DiskQuota.class);
    /** What a file takes is counted in units of this. */
    private static final long UNIT = 4096;
    /** The part of the bound by which more is deleted than has to be, so that it is not done for each piece. */
    private static final int SPARE = 8;

    private static final int OWN_WRITES = 16;
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

    /** Makes room for a file that is then written, followed by {@link #written}; false where there is none now. */
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

    /** Tells that a file for which room was taken is there, or that it is not. */
    void written(long fileLength, boolean well) {
        writing.addAndGet(-units(fileLength));
        if (!well) {
            used.addAndGet(-units(fileLength));
        }
    }

    private record Kept(Path file, long bytes, Instant used) {}

    private void lookThrough() {
        unseen.set(0);
        // counted before, and counted twice where it is found too, so that nothing slips through
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
            LOG.debug("cannot look through {}", folder, e);
        }
        return pieces;
    }

    /** Deletes a file, and its folder where it was the last one; whether it is not there any more. */
    private static boolean isGone(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("cannot delete {}", file, e);
            return false;
        }
        ObjectFolder.removeIfEmpty(file.getParent());
        return true;
    }

    private static long units(long bytes) {
        return (bytes + UNIT - 1) / UNIT * UNIT;
    }
}
