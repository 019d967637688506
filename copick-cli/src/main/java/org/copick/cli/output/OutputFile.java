package org.copick.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A file that a command writes for its user.
 *
 * <p>It is written under a hidden name in the same folder and renamed when it is complete, so an existing file stays
 * until then. New files get the mode of the user's umask, replaced files keep their mode, and files with credentials
 * are readable by their owner only.
 */
public final class OutputFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    /** The file itself, or the target if it is a symbolic link. */
    private final Path target;

    private final boolean ownerOnly;

    private OutputFile(Path file, Path target, boolean ownerOnly) {
        this.file = file;
        this.target = target;
        this.ownerOnly = ownerOnly;
    }

    /** Returns this file, to be created readable by its owner only, because it holds credentials. */
    public OutputFile ownerOnly() {
        return new OutputFile(file, target, true);
    }

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all bytes of the file. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Returns a file in an existing folder, checked before any work is done.
     *
     * @throws CommandFailure when the path is a folder, or its folder is missing or not writable
     */
    public static OutputFile at(Path file) {
        Path target = followed(file);
        if (Files.isDirectory(target)) {
            throw new CommandFailure("cannot write " + file + ": it is a folder; name a file");
        }
        if (isDevice(target)) {
            return new OutputFile(file, target, false);
        }
        Path folder = folderOf(target);
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("cannot write " + file + ": there is no folder " + folder + "; create it first");
        }
        requireWritable(file, folder);
        return new OutputFile(file, target, false);
    }

    /** Returns a file whose folder is created if it is missing. */
    public static OutputFile inNewFolder(Path file) {
        makeFolder(folderOf(file.toAbsolutePath()), file);
        return at(file);
    }

    /**
     * Creates a folder and its parents.
     *
     * @param thing the path that will be written there, for messages
     * @throws CommandFailure when the folder cannot be created or is not writable
     */
    public static void makeFolder(Path folder, Path thing) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    "cannot write " + thing + ": " + e.getFile() + " is a file; choose another folder", e);
        } catch (IOException e) {
            throw DiskFailure.of("write", thing, e);
        }
        requireWritable(thing, folder);
    }

    /** Prints to standard output what a writer that needs a file writes, as UTF-8. */
    public static void print(PrintWriter out, Consumer<Path> writer) {
        try {
            Path temporary = Files.createTempFile("copick-", ".tmp");
            try {
                writer.accept(temporary);
                Optional<Screen> screen = Screen.of(out).filter(known -> !known.showsOutput());
                if (screen.isPresent()) {
                    copy(temporary, screen.get());
                } else {
                    out.print(Files.readString(temporary));
                }
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw DiskFailure.of("write a temporary file in", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static void copy(Path file, Screen screen) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] block = bytes.readNBytes(1 << 16);
            while (block.length > 0) {
                screen.write(block);
                block = bytes.readNBytes(1 << 16);
            }
        }
    }

    private static void requireWritable(Path thing, Path folder) {
        if (!Files.isWritable(folder)) {
            throw new CommandFailure("cannot write " + thing + ": the folder " + folder
                    + " is not writable; ask its owner for access, or choose another folder");
        }
    }

    /** Writes the file and replaces an existing one. */
    public void replace(Content content) {
        write(content, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Writes the file if none exists.
     *
     * @param remedy the end of the message if one exists
     * @throws CommandFailure when one exists
     */
    public void create(Content content, String remedy) {
        if (Files.exists(target)) {
            throw new CommandFailure(file + " exists already; " + remedy);
        }
        write(content);
    }

    private void write(Content content, CopyOption... move) {
        try {
            if (isDevice(target)) {
                try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                    content.writeTo(out);
                }
                return;
            }
            Path temporary = target.resolveSibling(".copick-" + UUID.randomUUID() + ".tmp");
            try {
                try (OutputStream out = new BufferedOutputStream(begun(temporary))) {
                    content.writeTo(out);
                }
                Files.move(temporary, target, move);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw DiskFailure.of("write", file, e);
        }
    }

    /** Creates the temporary file; a replacement is never readable by more people than the old file. */
    private OutputStream begun(Path temporary) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        boolean replaces = old != null && Files.exists(target);
        if (old == null || !(replaces || ownerOnly)) {
            return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
        }
        OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER)));
        try {
            if (replaces) {
                Set<PosixFilePermission> mode =
                        new HashSet<>(old.readAttributes().permissions());
                if (ownerOnly) {
                    mode.retainAll(OWNER);
                }
                Files.setPosixFilePermissions(temporary, mode);
            }
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Returns whether the target is a device or pipe, such as /dev/null, which must not be replaced. */
    private static boolean isDevice(Path target) {
        return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
    }

    private static Path followed(Path file) {
        Path target = file.toAbsolutePath();
        try {
            if (Files.isRegularFile(target)) {
                return target.toRealPath();
            }
            if (Files.isSymbolicLink(target) && !Files.exists(target)) {
                return target.resolveSibling(Files.readSymbolicLink(target));
            }
        } catch (IOException e) {
            throw DiskFailure.of("write", file, e);
        }
        return target;
    }

    private static Path folderOf(Path absolute) {
        return Objects.requireNonNullElse(absolute.getParent(), absolute);
    }
}
