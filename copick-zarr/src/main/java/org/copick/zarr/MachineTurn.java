package org.copick.zarr;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * A lock by which this user's processes on this machine take turns at changing an object. It locks one of a few files
 * in a folder of this user below {@code java.io.tmpdir}. If there can be no such folder, processes do not take turns,
 * and whether they conflict depends on timing.
 */
final class MachineTurn implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final @Nullable FileChannel channel;

    private MachineTurn(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for a turn.
     *
     * @param number the number of the file to lock; only one thread of this process may wait for a number at a time
     * @throws OperationInterruptedException if the thread is interrupted while waiting
     */
    static MachineTurn await(int number, String doing) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder().resolve(number + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new MachineTurn(channel);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            new MachineTurn(channel).close();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("interrupted while " + doing, e);
        } catch (IOException | RuntimeException e) {
            new MachineTurn(channel).close();
            return new MachineTurn(null);
        }
    }

    /** Returns a folder that no other user can have prepared. */
    private static Path folder() throws IOException {
        String user = System.getProperty("user.name", "");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "copick-turns-" + user);
        FileSystem system = folder.getFileSystem();
        boolean posix = system.supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, attributes);
        }
        if (posix) {
            UserPrincipal self = system.getUserPrincipalLookupService().lookupPrincipalByName(user);
            if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(self)
                    || !Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                            .equals(OWNER_ONLY)) {
                throw new IOException(folder + " is not a folder of " + user + " alone");
            }
        }
        return folder;
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the lock ends with the process at the latest
                return;
            }
        }
    }
}
