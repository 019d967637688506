package org.copick.exchange;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.copick.error.AlreadyExistsException;

/** Writes a file so that readers never see a partial one. */
final class ReplacedFile {
    private ReplacedFile() {}

    /** Writes the content of the file. */
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes to a hidden file beside {@code file}, and renames it when it is complete. */
    static void write(Path file, Content content) {
        try {
            // replaces the target of a link, not the link
            Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new AlreadyExistsException("cannot write " + file + ": it exists and is not a regular file");
            }
            Path temporary = target.resolveSibling(".copick-" + UUID.randomUUID() + ".tmp");
            try {
                try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    keepMode(target, temporary);
                    content.writeTo(channel);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw FileFailures.of("write", file, e);
        }
    }

    /** Gives the new file the permissions of the one that it replaces. */
    private static void keepMode(Path target, Path temporary) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old != null && Files.exists(target)) {
            Files.setPosixFilePermissions(temporary, old.readAttributes().permissions());
        }
    }
}
