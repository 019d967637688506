package org.copick.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The owner, group and permission bits of a file, on systems that have them.
 *
 * @param mode the permission bits, including set-group-id and sticky. Java's own permissions lack these two, and
 *     setting Java's permissions clears them
 */
record Ownership(int mode, int uid, int gid) {
    private static final String VIEW = "unix";
    private static final int BITS = 07777;
    private static final int PERMISSIONS = 0777;

    /** Returns the ownership of a file or folder, following links; null if it does not exist, and on Windows. */
    static @Nullable Ownership of(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains(VIEW)) {
            return null;
        }
        try {
            Map<String, Object> found = Files.readAttributes(path, VIEW + ":mode,uid,gid");
            return new Ownership(number(found, "mode") & BITS, number(found, "uid"), number(found, "gid"));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static int number(Map<String, Object> found, String name) {
        return found.get(name) instanceof Integer number ? number : 0;
    }

    /**
     * Sets the permission bits. Links are not followed, because other users of a folder could replace a file by one.
     */
    static void setMode(Path path, int mode) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new FileSystemException(path.toString(), null, "is a link");
        }
        if ((mode & ~PERMISSIONS) != 0 || !setInFolder(path, permissions(mode))) {
            set(path, "mode", mode);
        }
    }

    /**
     * Sets permissions through the opened folder, because newer JDKs follow links if they are set through the path.
     *
     * @return false if the folder cannot be opened for that
     */
    private static boolean setInFolder(Path path, Set<PosixFilePermission> permissions) throws IOException {
        try (DirectoryStream<Path> folder =
                Files.newDirectoryStream(path.toAbsolutePath().getParent())) {
            if (!(folder instanceof SecureDirectoryStream<Path> opened)) {
                return false;
            }
            opened.getFileAttributeView(path.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(permissions);
            return true;
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] each = PosixFilePermission.values();
        return IntStream.range(0, each.length)
                .filter(i -> (mode >> (each.length - 1 - i) & 1) != 0)
                .mapToObj(i -> each[i])
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PosixFilePermission.class)));
    }

    /** Sets the permission bits, or does nothing if the disk or the file's owner does not permit it. */
    static void trySetMode(Path path, int mode) throws IOException {
        tried(() -> setMode(path, mode));
    }

    /** Tries to change the owner, which usually only root may do; returns whether it succeeded. */
    static boolean trySetOwner(Path path, int uid) throws IOException {
        return tried(() -> set(path, "uid", uid));
    }

    /** Tries to change the group, which the owner may do if a member of it; returns whether it succeeded. */
    static boolean trySetGroup(Path path, int gid) throws IOException {
        return tried(() -> set(path, "gid", gid));
    }

    private interface Change {
        void make() throws IOException;
    }

    private static boolean tried(Change change) throws IOException {
        try {
            change.make();
            return true;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            return false;
        }
    }

    private static void set(Path path, String attribute, int value) throws IOException {
        Files.setAttribute(path, VIEW + ":" + attribute, value, LinkOption.NOFOLLOW_LINKS);
    }
}
