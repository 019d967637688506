package org.copick.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The way a disk compares names that differ only in case. Keys are always case-sensitive; on a disk that ignores case,
 * a file is therefore the object of a key only if its stored name has the key's spelling.
 */
enum Spelling {
    /** Names are compared exactly. */
    EXACT,
    /** Case is ignored, and the real path of a file shows its stored spelling, as on Windows and macOS. */
    RESOLVED,
    /** Case is ignored, and only listing the folder shows the stored spelling. */
    LISTED;

    /** Determines how the disk of {@code root} compares names, without writing to it. */
    static Spelling of(Path root) throws IOException {
        Path start = Failures.existing(root).toRealPath();
        Path child = firstChild(start);
        for (Path path = child == null ? start : child; path != null; path = path.getParent()) {
            String name = String.valueOf(path.getFileName());
            String swapped = swapped(name);
            if (!swapped.equals(name)) {
                Path other = path.resolveSibling(swapped);
                if (!Files.exists(other) || Files.isSymbolicLink(other) || !Files.isSameFile(other, path)) {
                    return EXACT;
                }
                return other.toRealPath().endsWith(name) ? RESOLVED : LISTED;
            }
        }
        return EXACT;
    }

    /** Returns a file or folder whose path differs from that of {@code key} only in case, or null if there is none. */
    @Nullable Path inTheWayOf(Path root, String key) throws IOException {
        if (this == EXACT) {
            return null;
        }
        Path folder = root;
        for (String name : key.split("/", -1)) {
            Path path = folder.resolve(name);
            boolean exact = this == RESOLVED
                    && (!Files.exists(path) || path.toRealPath().endsWith(name));
            Path stored = exact ? path : stored(folder, name);
            if (stored != null && !stored.endsWith(name)) {
                return stored;
            }
            folder = path;
        }
        return null;
    }

    private static @Nullable Path stored(Path folder, String name) throws IOException {
        Path similar = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String stored = String.valueOf(file.getFileName());
                if (stored.equals(name)) {
                    return file;
                }
                if (stored.equalsIgnoreCase(name)) {
                    similar = file;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return similar;
    }

    private static @Nullable Path firstChild(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!swapped(String.valueOf(file.getFileName())).equals(String.valueOf(file.getFileName()))
                        && !Files.isSymbolicLink(file)) {
                    return file;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return null; // the folder's own name is used instead
        }
        return null;
    }

    private static String swapped(String name) {
        StringBuilder swapped = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            swapped.setCharAt(i, Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return swapped.toString();
    }
}
