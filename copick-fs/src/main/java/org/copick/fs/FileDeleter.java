package org.copick.fs;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.copick.error.AccessDeniedException;
import org.copick.error.AlreadyExistsException;
import org.jspecify.annotations.Nullable;

/** Deletes and replaces files and folders inside a root, never through a link that leads out of it. */
final class FileDeleter {
    private static final int ATTEMPTS = 10;

    private final Path root;

    FileDeleter(Path root) {
        this.root = root;
    }

    /** Deletes a file or a link to a file, and the folders that are empty then. */
    @SuppressWarnings("try") // the lock is only held
    void deleteFile(Path file) throws IOException {
        BasicFileAttributes attributes = FileState.attributes(file, LinkOption.NOFOLLOW_LINKS);
        if (attributes == null || attributes.isDirectory()) {
            return;
        }
        if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
            return;
        }
        requireInside(file);
        try (KeyLock lock = KeyLock.of(file)) {
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            return; // the folder was deleted meanwhile
        }
        prune(file.getParent());
    }

    /** Deletes a folder and its content, or a link to a folder, and the folders above that are empty then. */
    void deleteFolder(Path folder) throws IOException {
        BasicFileAttributes attributes = FileState.attributes(folder, LinkOption.NOFOLLOW_LINKS);
        if (attributes == null) {
            return;
        }
        if (attributes.isSymbolicLink() && !Files.isRegularFile(folder)) {
            requireInside(folder);
            Files.deleteIfExists(folder);
        } else if (attributes.isDirectory()) {
            requireInside(folder);
            takeAway(folder);
        } else {
            return;
        }
        prune(folder.getParent());
    }

    /** Renames a folder to a hidden name, then deletes it, so that readers never see it partly deleted. */
    @SuppressWarnings("try") // the lock is only held
    private static void takeAway(Path folder) throws IOException {
        requireDeletable(folder);
        Path aside = Names.temporaryBeside(folder);
        try (KeyLock lock = KeyLock.of(folder)) {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            deleteTree(folder); // renaming is impossible: the root of a file system, or a parent that is not writable
            return;
        }
        deleteTree(aside);
        // a folder that a writer has created since remains: its writes count as later than this deletion
    }

    /** Replaces one folder by another one. The old folder is first renamed, and deleted at the end. */
    void replaceFolder(Path from, Path to) throws IOException {
        placed(to, () -> {
            requireInside(from);
            requireInside(to);
            exchange(from, to);
        });
        prune(from.getParent());
    }

    private static void exchange(Path from, Path to) throws IOException {
        if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            requireDeletable(to);
        }
        Path old = Names.temporaryBeside(to);
        if (swap(from, to, old)) {
            if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
                deleteTree(old);
            } else {
                Files.deleteIfExists(old);
            }
        }
    }

    /** Moves what is at a path aside and a folder there; returns whether there was anything. */
    @SuppressWarnings("try") // the lock is only held
    private static boolean swap(Path from, Path to, Path aside) throws IOException {
        try (KeyLock lock = KeyLock.of(to)) {
            boolean replaces = Files.exists(to, LinkOption.NOFOLLOW_LINKS);
            if (Files.isRegularFile(to)) {
                throw new AlreadyExistsException("cannot replace " + to + ": it is a file; delete it first");
            }
            if (replaces) {
                Files.move(to, aside, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                if (replaces) {
                    Files.move(aside, to, StandardCopyOption.ATOMIC_MOVE);
                }
                throw e;
            }
            return replaces;
        }
    }

    /**
     * Moves a folder to a path that does not exist or is an empty folder.
     *
     * @throws AlreadyExistsException if there is anything else at the path
     */
    @SuppressWarnings("try") // the lock is only held
    void createFolder(Path from, Path to) throws IOException {
        placed(to, () -> {
            requireInside(from);
            requireInside(to);
            try (KeyLock lock = KeyLock.of(to)) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                    throw new AlreadyExistsException(to + " exists already; nothing was written", e);
                }
                throw e;
            }
        });
        prune(from.getParent());
    }

    /** A step that moves something to its final path. */
    @FunctionalInterface
    private interface Placing {
        void run() throws IOException;
    }

    /** Creates the folders above a path and runs a step; removes the created folders if the step fails. */
    private static void placed(Path place, Placing step) throws IOException {
        NewFolders folders = new NewFolders();
        boolean done = false;
        try {
            folders.make(place.getParent());
            step.run();
            done = true;
        } catch (FileSystemException e) {
            Path above = FileState.fileAbove(place);
            if (above != null) {
                throw FileWriter.belowAFile("replace", place, above, e);
            }
            throw e;
        } finally {
            if (!done) {
                folders.undo();
            }
        }
    }

    /**
     * Throws if this user could not delete a whole folder, because a folder in it is protected or belongs to others.
     * Called before the folder is renamed: a deletion that fails later would leave it under its hidden name.
     */
    private static void requireDeletable(Path folder) throws IOException {
        boolean holdsAny = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                holdsAny = true;
                if (Thread.currentThread().isInterrupted()) {
                    throw Failures.interrupted("delete", folder);
                }
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    requireDeletable(file);
                }
            }
            if (holdsAny) {
                folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE);
            }
        } catch (NoSuchFileException e) {
            // another thread or process is deleting it
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void requireInside(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && !folder.toRealPath().startsWith(root.toRealPath())) {
            throw new AccessDeniedException("cannot delete " + file + ": through a link it lies in "
                    + folder.toRealPath() + ", outside of " + root + "; delete it there");
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw Failures.interrupted("delete", folder);
                    }
                    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                        deleteTree(file);
                    } else {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (NoSuchFileException e) {
                return;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            if (removeIfEmpty(folder)) {
                return;
            }
            // a writer is adding files: try again, and in the end leave them, as they count as later than this deletion
        }
    }

    private void prune(@Nullable Path start) throws IOException {
        for (Path folder = start; folder != null && !folder.equals(root) && folder.startsWith(root); ) {
            try {
                if (!removeIfEmpty(folder)) {
                    return;
                }
            } catch (FileSystemException e) {
                if (Failures.isDenial(e)) {
                    return; // the object is deleted; an empty folder that this user may not delete remains
                }
                throw e;
            }
            folder = folder.getParent();
        }
    }

    /** Removes an empty folder. Returns false if it is not empty, or is a link or, by now, a file. */
    static boolean removeIfEmpty(Path folder) throws IOException {
        Path parent = folder.getParent();
        Path name = folder.getFileName();
        if (parent == null || name == null) {
            return false;
        }
        try {
            return Files.isReadable(parent) ? remove(parent, name) : removeByPath(folder);
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (FileSystemException e) {
            boolean denied = e instanceof java.nio.file.AccessDeniedException;
            if (denied || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return false;
        }
    }

    private static boolean remove(Path parent, Path name) throws IOException {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent)) {
            if (siblings instanceof SecureDirectoryStream<Path> secure) {
                // unlike Files.delete, this only removes folders, even if the name has become a file's meanwhile
                secure.deleteDirectory(name);
                return true;
            }
        }
        return removeByPath(parent.resolve(name));
    }

    private static boolean removeByPath(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.delete(folder);
        return true;
    }
}
