package org.copick.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
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
    private final NewFolders folders;
    private boolean isInPlace;
    private boolean isGone;

    private NewFile(Path path, FileChannel channel, NewFolders folders) {
        this.path = path;
        this.channel = channel;
        this.folders = folders;
    }

    /**
     * Begins a file.
     *
     * @param folders those that were made for it; they go with a file that is discarded
     * @throws NoSuchFileException where the target's folder is missing
     */
    static NewFile beside(Path target, NewFolders folders) throws IOException {
        Path path = Names.temporaryBeside(target);
        FileChannel channel = FileChannel.open(path, NEW, FirstPermissions.of(target));
        NewFile file = new NewFile(path, channel, folders);
        try {
            if (!Sharing.keep(target, path)) {
                Sharing.of(target.getParent()).passOn(path);
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
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

    /** Says that the file was renamed to its target, or linked to it and still has its hidden name. */
    void inPlace(boolean renamed) {
        isInPlace = true;
        isGone = renamed;
    }

    /** Removes the hidden name and, if the file is not in place, the folders that were made for it. */
    @Override
    public void close() {
        try {
            channel.close();
            if (!isGone) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // what is being reported matters more than a hidden file that is left
        }
        if (!isInPlace) {
            folders.undo();
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
