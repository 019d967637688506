package org.copick.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The folders that are created for one write, and removed if it fails. */
final class NewFolders {
    /** The created folders, deepest first. */
    private final Deque<Path> made = new ArrayDeque<>();

    /** Creates a folder and those above it. It may be missing again if others delete folders at the same time. */
    void make(@Nullable Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            try {
                makeOne(path);
                made.push(path);
            } catch (NoSuchFileException e) {
                return; // a folder above was just deleted; the next attempt creates it again
            } catch (FileAlreadyExistsException e) {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
                    throw e;
                }
                // another process created this folder, and perhaps it is already deleted again
            }
        }
    }

    /** Removes the folders that are still empty. */
    void undo() {
        try {
            while (!made.isEmpty() && FileDeleter.removeIfEmpty(made.pop())) {
                // continue with the folder above
            }
        } catch (IOException e) {
            // ignored, so that the original failure is reported rather than a leftover empty folder
        }
        made.clear();
    }

    /** Creates one folder. A shared folder becomes visible only with its final permissions. */
    private static void makeOne(Path folder) throws IOException {
        Sharing above = Sharing.of(folder.getParent());
        if (!above.isPassedOn()) {
            Files.createDirectory(folder);
            return;
        }
        Path hidden = Names.temporaryBeside(folder);
        Files.createDirectory(hidden);
        try {
            above.passOn(hidden);
            Files.move(hidden, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(hidden);
            if (e instanceof FileSystemException && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                // a rename reports this like other failures
                throw new FileAlreadyExistsException(folder.toString());
            }
            throw e;
        }
    }
}
