package org.copick.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A hidden temporary file beside its target, on its way to become the target. */
final class NewFile implements AutoCloseable {
    private static final int PIECE = 1 << 19;
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final AtomicLong LAST_STAMP = new AtomicLong();

    private final Path path;
    private final FileChannel channel;
    private boolean gone;

    private NewFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws NoSuchFileException where the target's folder is missing */
    static NewFile beside(Path target) throws IOException {
        Path path = Names.temporaryBeside(target);
        FileChannel channel = FileChannel.open(path, NEW, FirstPermissions.of(target));
        NewFile file = new NewFile(path, channel);
        try {
            keepPermissions(target, path);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
    }

    /** Makes the folder of a target, and those above it. */
    static void makeFolder(Path target) throws IOException {
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

    Path path() {
        return path;
    }

    void append(byte[] bytes, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            done += channel.write(ByteBuffer.wrap(bytes, from + done, Math.min(PIECE, count - done)));
        }
    }

    /** Closes the file, whose content is whole, and returns its state: with a modification time of its own. */
    FileState finished() throws IOException {
        channel.close();
        stamp();
        FileState state = FileState.of(path);
        if (state == null) {
            throw new NoSuchFileException(path.toString());
        }
        return state;
    }

    /** The file was renamed, so that there is nothing to discard. */
    void renamed() {
        gone = true;
    }

    /** Discards the file, unless it was renamed. */
    @Override
    public void close() {
        try {
            channel.close();
            if (!gone) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // what is being reported matters more than a hidden file that is left
        }
    }

    /** Gives a replacement the permissions of the old file: configurations hold secrets that only the owner may read. */
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

    /**
     * Gives the file a modification time that no other write of this process has. The disk's own clock ticks every few
     * milliseconds and inodes are used again at once, so that without this two states could have one version.
     */
    private void stamp() throws IOException {
        Instant now = Instant.now();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        long stamp = LAST_STAMP.updateAndGet(last -> Math.max(last + 1, nanos));
        Files.setLastModifiedTime(path, FileTime.from(stamp, TimeUnit.NANOSECONDS));
    }
}
