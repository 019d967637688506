package org.copick;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.copick.error.StorageException;

/**
 * Writes files that hold credentials, so that only their owner can read them.
 *
 * <p>On file systems without POSIX permissions, these are ordinary files.
 */
final class PrivateFile {
    private static final Set<PosixFilePermission> PERMISSIONS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /**
     * Removes all permissions except the owner's, so that the file's replacement inherits only these.
     *
     * <p>A file that belongs to another user stays unchanged.
     *
     * @param links {@link LinkOption#NOFOLLOW_LINKS} to leave the target of a link alone
     * @return whether the file exists
     */
    static boolean restrict(Path file, LinkOption... links) {
        if (!Files.isRegularFile(file, links)) {
            return false;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            if (view != null) {
                Set<PosixFilePermission> stricter = EnumSet.copyOf(PERMISSIONS);
                stricter.retainAll(view.readAttributes().permissions());
                if (!view.readAttributes().permissions().equals(stricter)) {
                    view.setPermissions(stricter);
                }
            }
        } catch (FileSystemException e) {
            return true; // another user's file: its owner decides who can read it
        } catch (IOException e) {
            throw failure(file, e);
        }
        return true;
    }

    /** Creates a file that no other user can read at any moment. */
    static void create(Path file, byte[] content) {
        Path temporary = file.resolveSibling(".copick-" + UUID.randomUUID() + ".tmp");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try {
                try (var channel = Files.newByteChannel(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        attributes(temporary))) {
                    ByteBuffer left = ByteBuffer.wrap(content);
                    while (left.hasRemaining()) {
                        channel.write(left);
                    }
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PERMISSIONS)}
                : new FileAttribute<?>[0];
    }

    private static StorageException failure(Path file, IOException e) {
        return new StorageException("cannot write " + file + ": " + e + "; check the folder and its permissions", e);
    }
}
