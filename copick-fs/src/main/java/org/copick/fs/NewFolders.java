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

/** The folders that one write makes on its way, which go again if it fails. */
final class NewFolders {
    /** The deepest one first. */
    private final Deque<Path> made = new ArrayDeque<>();

    /** Makes a folder, and those above it. Where others delete folders at the same time it may be missing again. */
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
                return; // a folder above went in this moment; the next attempt makes it again
            } catch (FileAlreadyExistsException e) {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
                    throw e;
                }
                // somebody made this folder, and perhaps somebody else deleted it already
            }
        }
    }

    /** Removes the folders that are still empty. */
    void undo() {
        try {
            while (!made.isEmpty() && FileDeleter.removeIfEmpty(made.pop())) {
                // those above follow
            }
        } catch (IOException e) {
            // what is being reported matters more than an empty folder that is left
        }
        made.clear();
    }

    /** Others who may write in a folder see it with the permissions to do so, or not at all. */
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
                // which a rename does not tell from other failures
                throw new FileAlreadyExistsException(folder.toString());
            }
            throw e;
        }
    }
}
