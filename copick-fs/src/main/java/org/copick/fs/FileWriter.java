package org.copick.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.WriteCondition;

/** Writes whole files atomically: writes a hidden temporary file beside the target, then renames or links it. */
final class FileWriter {
    private static final int ATTEMPTS = 1000;

    private final Path root;
    private final Absences absences;

    FileWriter(Path root, Absences absences) {
        this.root = root;
        this.absences = absences;
    }

    FileState write(Path target, byte[] bytes, WriteCondition condition) {
        return repeated(target, bytes.length, folders -> {
            try (NewFile file = NewFile.beside(target, folders)) {
                file.append(bytes, 0, bytes.length);
                return placed(file, target, condition);
            }
        });
    }

    /** Creates the temporary file for a target. The caller writes it, calls {@link #complete} and closes it. */
    NewFile begin(Path target) {
        return repeated(target, 0, folders -> NewFile.beside(target, folders));
    }

    /** Moves a complete temporary file to its target. */
    FileState complete(NewFile file, Path target, WriteCondition condition) {
        try {
            return placed(file, target, condition);
        } catch (NoSuchFileException e) {
            throw new StorageException(
                    "cannot write " + target + ": its folder was deleted meanwhile; write it again", false, e);
        } catch (FileSystemException e) {
            throw explained(target, 0, e);
        } catch (IOException e) {
            throw Failures.ofWrite(target, 0, e);
        }
    }

    /** A step of a write that needs the target's folder. */
    @FunctionalInterface
    private interface Step<T> {
        T run(NewFolders folders) throws IOException;
    }

    private static <T> T repeated(Path target, long bytes, Step<T> step) {
        NewFolders folders = new NewFolders();
        boolean done = false;
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    T result = step.run(folders);
                    done = true;
                    return result;
                } catch (NoSuchFileException e) {
                    // another process deleted the folder, or everything in it
                    folders.make(target.getParent());
                }
            }
        } catch (FileSystemException e) {
            throw explained(target, bytes, e);
        } catch (IOException e) {
            throw Failures.ofWrite(target, bytes, e);
        } finally {
            if (!done) {
                folders.undo();
            }
        }
        throw new StorageException(
                "cannot write " + target + ": another program keeps deleting its folder; stop that program",
                true,
                new NoSuchFileException(target.toString()));
    }

    private FileState placed(NewFile file, Path target, WriteCondition condition) throws IOException {
        FileState state = file.finished();
        try {
            place(file.path(), target, condition);
        } finally {
            absences.clear();
        }
        file.inPlace(!(condition instanceof WriteCondition.IfAbsent));
        return state;
    }

    @SuppressWarnings("try") // the locks are only held
    private void place(Path temporary, Path target, WriteCondition condition) throws IOException {
        try (KeyLock lock = KeyLock.of(target)) {
            if (condition instanceof WriteCondition.IfAbsent) {
                link(temporary, target);
            } else if (condition instanceof WriteCondition.IfVersion ifVersion) {
                try (ReplaceLock exclusive = ReplaceLock.of(root, target)) {
                    FileState current = FileState.of(target);
                    if (current == null || !current.version().equals(ifVersion.expected())) {
                        throw new ConflictException(
                                "cannot replace " + target + ": it no longer has the expected version; read it again");
                    }
                    rename(temporary, target);
                }
            } else {
                rename(temporary, target);
            }
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        // otherwise a rename could replace a link to a folder, and all objects below it would be lost
        if (target.toFile().isDirectory()) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Creates the target as a hard link, which, unlike a rename, never replaces an existing file. */
    private static void link(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            // a network file system may have created the link, but lost the response
            if (!Files.exists(target) || !Files.isSameFile(temporary, target)) {
                throw new AlreadyExistsException("cannot create " + target + ": it exists already", e);
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
                "cannot create " + target + " only if absent: this needs hard links, which the disk does not support ("
                        + cause.getMessage() + "); write without the condition",
                cause);
    }

    /** Returns the exception for a failed write, with the reason if the path is the cause. */
    private static RuntimeException explained(Path target, long bytes, FileSystemException e) {
        Path above = FileState.fileAbove(target);
        if (above != null) {
            return belowAFile("write", target, above, e);
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

    static AlreadyExistsException belowAFile(String operation, Path target, Path above, FileSystemException e) {
        return new AlreadyExistsException(
                "cannot " + operation + " " + target + ": " + above
                        + " is a file, and a disk cannot hold anything below a file",
                e);
    }
}
