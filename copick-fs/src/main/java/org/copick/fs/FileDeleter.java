package org.copick.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
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

/** Deletes files and folders inside a root, never through a link that leads out of it. */
final class FileDeleter {
    private static final int ATTEMPTS = 10;

    private final Path root;

    FileDeleter(Path root) {
        this.root = root;
    }

    /** Deletes a file or a link to one, and the folders that became empty. */
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
            return; // the folder went meanwhile
        }
        prune(file.getParent());
    }

    /** Deletes a folder with all that is in it, or the link to a folder, and the folders that became empty. */
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

    /** Deletes a folder that nobody sees any more when the first of its files goes. */
    private static void takeAway(Path folder) throws IOException {
        requireDeletable(folder);
        Path aside = Names.temporaryBeside(folder);
        try {
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            deleteTree(folder); // the root of a file system, or a parent that may not be changed
            return;
        }
        deleteTree(aside);
        // a writer may have made it anew; what it wrote comes after this deletion
    }

    /** Puts one folder in the place of another one, which is moved out of the way first and deleted then. */
    void replaceFolder(Path from, Path to) throws IOException {
        placed(to, () -> {
            requireInside(from);
            requireInside(to);
            exchange(from, to);
        });
        prune(from.getParent());
    }

    private static void exchange(Path from, Path to) throws IOException {
        Path old = Names.temporaryBeside(to);
        boolean replaces = Files.exists(to, LinkOption.NOFOLLOW_LINKS);
        if (replaces) {
            requireDeletable(to);
            Files.move(to, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            if (replaces) {
                Files.move(old, to, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        if (replaces) {
            if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
                deleteTree(old);
            } else {
                Files.deleteIfExists(old);
            }
        }
    }

    /**
     * Puts a folder where nothing is, or an empty folder.
     *
     * @throws AlreadyExistsException when anything else is there
     */
    void createFolder(Path from, Path to) throws IOException {
        placed(to, () -> {
            requireInside(from);
            requireInside(to);
            try {
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

    /** A step that puts something in place. */
    @FunctionalInterface
    private interface Placing {
        void run() throws IOException;
    }

    /** Makes the folders above a place, which go again if nothing is put there. */
    private static void placed(Path place, Placing step) throws IOException {
        NewFolders folders = new NewFolders();
        boolean done = false;
        try {
            folders.make(place.getParent());
            step.run();
            done = true;
        } finally {
            if (!done) {
                folders.undo();
            }
        }
    }

    /**
     * Throws before a folder is moved out of sight if this user could not delete all of it, as where others share the folder
     * that it is in and the program by which they made it kept it for themselves.
     */
    private static void requireDeletable(Path folder) throws IOException {
        if (Sharing.of(folder.getParent()).isWithOthers() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            requireAllDeletable(folder);
        }
    }

    private static void requireAllDeletable(Path folder) throws IOException {
        boolean holdsAny = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                holdsAny = true;
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    requireAllDeletable(file);
                }
            }
        } catch (NoSuchFileException e) {
            return; // somebody else deletes it
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (holdsAny && !Files.isWritable(folder) && Files.exists(folder)) {
            throw new java.nio.file.AccessDeniedException(folder.toString());
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
            // a writer is at work in it: what it writes from now on comes after this deletion
        }
    }

    private void prune(@Nullable Path start) throws IOException {
        for (Path folder = start; folder != null && !folder.equals(root) && folder.startsWith(root); ) {
            try {
                if (!removeIfEmpty(folder)) {
                    return;
                }
            } catch (java.nio.file.AccessDeniedException e) {
                return; // the object is deleted; an empty folder that may not be stays
            }
            folder = folder.getParent();
        }
    }

    /** Removes an empty folder; false where it is not empty, or not a folder but a link or, by now, a file. */
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
        } catch (java.nio.file.FileSystemException e) {
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
                // unlike Files.delete it removes nothing but folders, whatever took the name meanwhile
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
