package org.copick.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.copick.error.ConflictException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file through one open handle and ensures that all bytes are of one state. Programs that replace files by
 * renaming, as this library does, never disturb a reader. A program that writes into the file itself can; the
 * change is detected by the file's size and modification time, and the file is read again.
 */
final class FileReader {
    /** Bytes per read call, bounded because Java copies through a native buffer as large as the piece it reads. */
    private static final int PIECE = 1 << 19;

    /**
     * Maximum length of an array to read into: at most three quarters of the heap, so that memory is left to use it.
     */
    private static final long LARGEST_ARRAY =
            Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4 * 3);

    private static final int ATTEMPTS = 20;

    private FileReader() {}

    /**
     * The content of ranges of one state of a file.
     *
     * @param parts one array for each range
     */
    record Parts(FileState state, List<byte[]> parts) {}

    /**
     * Reads ranges of a file, or returns empty if it does not exist.
     *
     * @param room returns an array of at least the given length for a range
     */
    static Optional<Parts> read(
            Path path, List<ByteRange> ranges, @Nullable Version expected, IntFunction<byte[]> room) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                FileState state = FileState.of(path);
                if (state == null) {
                    return Optional.empty();
                }
                if (expected != null && !expected.equals(state.version())) {
                    throw new ConflictException(
                            "cannot read " + path + ": it no longer has the expected version; look it up again");
                }
                Parts parts = readOnce(path, state, ranges, room);
                if (parts != null) {
                    return Optional.of(parts);
                }
            }
        } catch (IOException e) {
            throw Failures.of("read", path, e);
        }
        throw new ConflictException(
                "cannot read " + path + ": another program keeps changing it; try again when it has finished");
    }

    /** Reads the file, or returns null if its state is or becomes another one. */
    private static @Nullable Parts readOnce(
            Path path, FileState state, List<ByteRange> ranges, IntFunction<byte[]> room) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // if the path has the same state before and after opening, the handle belongs to that file
            if (!state.equals(FileState.of(path))) {
                return null;
            }
            List<byte[]> parts = new ArrayList<>(ranges.size());
            for (ByteRange range : ranges) {
                int length = arrayLength(path, range.lengthIn(state.size()));
                byte[] part = room.apply(length);
                if (!fill(part, length, channel, range.startIn(state.size()))) {
                    return null;
                }
                parts.add(part);
            }
            return channel.size() == state.size() && !isChangedInPlace(path, state) ? new Parts(state, parts) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean isChangedInPlace(Path path, FileState before) throws IOException {
        FileState after = FileState.of(path);
        return after != null && after.isSameFile(before) && !after.equals(before);
    }

    private static boolean fill(byte[] part, int length, FileChannel channel, long offset) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer piece = ByteBuffer.wrap(part, done, Math.min(PIECE, length - done));
            int read = channel.read(piece, offset + done);
            if (read < 0) {
                return false;
            }
            done += read;
        }
        return true;
    }

    private static int arrayLength(Path path, long length) {
        if (length > LARGEST_ARRAY) {
            throw new UnsupportedFeatureException("cannot read " + length + " bytes of " + path
                    + " at once: this program has memory for " + LARGEST_ARRAY
                    + "; give it more with -Xmx, up to 2 GiB, or read it in several ranges");
        }
        return (int) length;
    }
}
