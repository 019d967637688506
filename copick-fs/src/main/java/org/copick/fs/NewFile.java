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

/** A hidden temporary file that is renamed or linked to its target when it is complete. */
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
     * Creates a temporary file beside its target.
     *
     * @param folders the folders that were created for the target; they are removed if the file is discarded
     * @throws NoSuchFileException if the target's folder does not exist
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

    /** Closes the complete file, gives it a unique modification time, and returns its state. */
    FileState finished() throws IOException {
        channel.close();
        stamp();
        FileState state = FileState.of(path);
        if (state == null) {
            throw new NoSuchFileException(path.toString());
        }
        return state;
    }

    /** Marks the file as in place: either renamed to its target, or linked to it while keeping its hidden name. */
    void inPlace(boolean renamed) {
        isInPlace = true;
        isGone = renamed;
    }

    /** Removes the hidden name and, if the file is not in place, the folders that were created for it. */
    @Override
    public void close() {
        try {
            channel.close();
            if (!isGone) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // ignored, so that an earlier failure is reported rather than a leftover hidden file
        }
        if (!isInPlace) {
            folders.undo();
        }
    }

    /**
     * Gives the file a modification time that no other write of this process has. The disk's own clock only ticks every
     * few milliseconds, and inodes are reused immediately, so that two states could otherwise have one version.
     */
    private void stamp() throws IOException {
        Instant now = Instant.now();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        long stamp = LAST_STAMP.updateAndGet(last -> Math.max(last + 1, nanos));
        Files.setLastModifiedTime(path, FileTime.from(stamp, TimeUnit.NANOSECONDS));
    }
}
