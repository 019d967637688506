package org.copick.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.WriteCondition;

/** Puts whole files in place: writes a hidden temporary file beside the target, then renames or links it. */
final class FileWriter {
    private static final int PIECE = 1 << 19;
    private static final int ATTEMPTS = 1000;
    private static final AtomicLong LAST_STAMP = new AtomicLong();

    private final Path root;

    FileWriter(Path root) {
        this.root = root;
    }

    FileState write(Path target, byte[] bytes, WriteCondition condition) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    return writeOnce(target, bytes, condition);
                } catch (NoSuchFileException e) {
                    // someone deleted the folder, or all that was in it
                    makeFolder(target);
                }
            }
        } catch (FileSystemException e) {
            throw explained(target, bytes.length, e);
        } catch (IOException e) {
            throw Failures.ofWrite(target, bytes.length, e);
        }
        throw new StorageException(
                "cannot write " + target + ": its folder is deleted again and again; stop the program that does it",
                true,
                new NoSuchFileException(target.toString()));
    }

    private static void makeFolder(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (NoSuchFileException e) {
                return; // a folder above went in this moment; the next attempt makes it again
            } catch (FileAlreadyExistsException e) {
                Path inTheWay = Path.of(e.getFile());
                if (Files.exists(inTheWay, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(inTheWay)) {
                    throw e;
                }
                // someone made this folder and someone else deleted it already
            }
        }
    }

    private FileState writeOnce(Path target, byte[] bytes, WriteCondition condition) throws IOException {
        Path temporary = Names.temporaryBeside(target);
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean renamed = false;
        try {
            keepPermissions(target, temporary);
            fill(channel, bytes);
            stamp(temporary);
            FileState state = FileState.of(temporary);
            if (state == null) {
                throw new NoSuchFileException(temporary.toString());
            }
            place(temporary, target, condition);
            renamed = !(condition instanceof WriteCondition.IfAbsent);
            return state;
        } finally {
            if (!renamed) {
                discard(temporary);
            }
        }
    }

    /** What only its owner may read stays so when it is replaced: configurations hold secrets. */
    private static void keepPermissions(Path target, Path temporary) throws IOException {
        PosixFileAttributeView old =
                Files.getFileAttributeView(target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (old == null) {
            return;
        }
        try {
            var permissions = old.readAttributes().permissions();
            PosixFileAttributeView own = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
            if (!own.readAttributes().permissions().equals(permissions)) {
                own.setPermissions(permissions);
            }
        } catch (NoSuchFileException e) {
            return; // nothing is replaced
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // what is being reported matters more than a hidden file that is left
        }
    }

    private static void fill(FileChannel channel, byte[] bytes) throws IOException {
        try (channel) {
            for (int done = 0; done < bytes.length; ) {
                done += channel.write(ByteBuffer.wrap(bytes, done, Math.min(PIECE, bytes.length - done)));
            }
        }
    }

    /**
     * Gives the file a modification time that no other write of this process has. The disk's own clock ticks every few
     * milliseconds and inodes are used again at once, so that without this two states could have one version.
     */
    private static void stamp(Path temporary) throws IOException {
        Instant now = Instant.now();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        long stamp = LAST_STAMP.updateAndGet(last -> Math.max(last + 1, nanos));
        Files.setLastModifiedTime(temporary, FileTime.from(stamp, TimeUnit.NANOSECONDS));
    }

    @SuppressWarnings("try") // the locks are only held
    private void place(Path temporary, Path target, WriteCondition condition) throws IOException {
        try (KeyLock lock = KeyLock.of(target)) {
            if (condition instanceof WriteCondition.IfAbsent) {
                link(temporary, target);
            } else if (condition instanceof WriteCondition.IfVersion ifVersion) {
                try (ReplaceLock exclusive = ReplaceLock.of(root)) {
                    FileState current = FileState.of(target);
                    if (current == null || !current.version().equals(ifVersion.expected())) {
                        throw new ConflictException("cannot replace " + target
                                + ": it is not of the expected version any more; read it again");
                    }
                    rename(temporary, target);
                }
            } else {
                rename(temporary, target);
            }
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        // a link to a folder would be replaced, and all objects below it would be gone
        if (target.toFile().isDirectory()) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Unlike a rename, a hard link never replaces what is there. */
    private static void link(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            // a network file system may have lost the answer to a link that it made
            if (!Files.exists(target) || !Files.isSameFile(temporary, target)) {
                throw new AlreadyExistsException("cannot create " + target + ": it is there already", e);
            }
        } catch (UnsupportedOperationException e) {
            throw withoutLinks(target, e);
        } catch (NoSuchFileException | java.nio.file.AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw withoutLinks(target, e);
        }
    }

    private static UnsupportedFeatureException withoutLinks(Path target, Exception cause) {
        return new UnsupportedFeatureException(
                "cannot create " + target + " only if absent: this needs hard links, which the disk refuses ("
                        + cause.getMessage() + "); write without the condition",
                cause);
    }

    /** Why a write could not be, where it is not the disk's fault. */
    private static RuntimeException explained(Path target, long bytes, FileSystemException e) {
        Path above = FileState.fileAbove(target);
        if (above != null) {
            return new AlreadyExistsException(
                    "cannot write " + target + ": " + above + " is a file, and on a disk nothing can lie below one", e);
        }
        if (Files.isDirectory(target)) {
            return new AlreadyExistsException("cannot write " + target + ": there is a folder of this name", e);
        }
        if (FileState.isTooLong(target)) {
            return new InvalidNameException(
                    "cannot write " + target + ": on a disk a name has at most 255 bytes and a path 4095");
        }
        return Failures.ofWrite(target, bytes, e);
    }
}
