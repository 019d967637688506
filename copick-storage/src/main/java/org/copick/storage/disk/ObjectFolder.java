package org.copick.storage.disk;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with the cached pieces of one object. It is listed again for each call, because other processes also write
 * and delete there. I/O errors are only logged: an unreadable piece counts as absent, and an unwritable one is not
 * cached.
 */
final class ObjectFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectFolder.class);
    private static final String TEMPORARY = "tmp-";
    /** Resolution of the time of last use: a file's time is updated only if it differs by more than this. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private final Path folder;
    private final HashedName object;
    private final PrivateFolder rights;
    private final DiskQuota room;

    ObjectFolder(Path folder, HashedName object, PrivateFolder rights, DiskQuota room) {
        this.folder = folder;
        this.object = object;
        this.rights = rights;
        this.room = room;
    }

    static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY);
    }

    static String temporaryName() {
        return TEMPORARY + UUID.randomUUID();
    }

    static void removeIfEmpty(@Nullable Path folder) {
        if (folder != null) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                // not empty, or another thread or process is adding a piece
            }
        }
    }

    /** Lists the cached pieces of all versions. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Piece piece = Piece.named(String.valueOf(file.getFileName()));
                if (piece != null) {
                    pieces.add(piece);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("cannot list {}", folder, e);
            return List.of();
        }
        return pieces;
    }

    /**
     * Reads a part of a piece, and deletes the piece if it is damaged.
     *
     * @return false if the part could not be read
     */
    boolean read(Piece piece, HashedName version, long from, int length, byte[] into, int at) {
        Path file = folder.resolve(piece.name());
        try {
            if (new PieceFile(object, version, piece).read(file, from, length, into, at)) {
                noteUse(file);
                return true;
            }
            LOG.debug("deleting damaged file {}", file);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("cannot read {}", file, e);
        }
        return false;
    }

    /** Caches a part of an object if there is room for it. The piece becomes visible when it is complete. */
    void keep(HashedName version, long size, long offset, byte[] content) {
        if (content.length == 0 || content.length > Piece.LONGEST || size > Piece.LARGEST) {
            return;
        }
        long length = PieceFile.length(content.length);
        if (!room.take(length)) {
            return;
        }
        boolean well = false;
        try {
            Piece piece = new Piece(version.shortHex(), size, offset, content.length);
            write(new PieceFile(object, version, piece), content, folder.resolve(piece.name()));
            well = true;
        } catch (IOException e) {
            LOG.debug("cannot write a piece to {}", folder, e);
        } finally {
            room.written(length, well);
        }
    }

    /** Deletes the pieces that match a condition. */
    void drop(Predicate<Piece> condition) {
        boolean any = false;
        for (Piece piece : pieces()) {
            if (condition.test(piece)) {
                any = true;
                delete(folder.resolve(piece.name()));
            }
        }
        if (any) {
            removeIfEmpty(folder);
        }
    }

    private void write(PieceFile piece, byte[] content, Path target) throws IOException {
        Path temporary = folder.resolve(temporaryName());
        boolean moved = false;
        try {
            try (WritableByteChannel file = createIn(temporary)) {
                piece.write(file, content);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } finally {
            if (!moved) {
                delete(temporary);
                removeIfEmpty(folder);
            }
        }
    }

    private WritableByteChannel createIn(Path file) throws IOException {
        for (int attempt = 0; ; attempt++) {
            rights.createFolders(folder);
            try {
                return Files.newByteChannel(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights.ofFile());
            } catch (NoSuchFileException e) {
                // another process removed the folder because it was empty
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    private static void noteUse(Path file) {
        Instant now = Instant.now();
        try {
            Duration since = Duration.between(Files.getLastModifiedTime(file).toInstant(), now);
            if (since.abs().compareTo(NOTED) > 0) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (IOException e) {
            LOG.debug("cannot update the time of last use of {}", file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("cannot delete {}", file, e);
        }
    }
}
