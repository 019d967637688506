package org.copick.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * The state of a file on disk.
 *
 * @param size the size in bytes
 * @param identity the file key (device and inode), or the creation time if the file system has no file keys
 * @param version made of size, modification time in nanoseconds, and identity
 */
record FileState(long size, String identity, Version version) {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4095;

    /** Returns the state of the regular file at {@code path}, following links, or null if there is none. */
    static @Nullable FileState of(Path path) throws IOException {
        return of(path, DanglingLinkException::throwIfOneIsAt);
    }

    /** Returns the state like {@link #of(Path)}, after passing a missing path on. */
    static @Nullable FileState of(Path path, Missing missing) throws IOException {
        BasicFileAttributes attributes = attributes(path, missing);
        return attributes != null && attributes.isRegularFile() ? of(attributes) : null;
    }

    static FileState of(BasicFileAttributes attributes) {
        Instant modified = attributes.lastModifiedTime().toInstant();
        String identity = attributes.fileKey() == null
                ? attributes.creationTime().toString()
                : attributes.fileKey().toString();
        return new FileState(
                attributes.size(),
                identity,
                new Version(attributes.size() + "-" + modified.getEpochSecond() + "." + modified.getNano() + "-"
                        + identity));
    }

    /** Returns whether both are states of the same file, rather than of one that was renamed into its place. */
    boolean isSameFile(FileState other) {
        return identity.equals(other.identity);
    }

    // written out because a record's own methods slow down the command's start; docs/performance.md has the figure
    @Override
    public boolean equals(@Nullable Object other) {
        // the version includes size and identity
        return other instanceof FileState state && version.equals(state.version);
    }

    @Override
    public int hashCode() {
        return version.hashCode();
    }

    ObjectInfo info(String key) {
        return new ObjectInfo(key, size, version);
    }

    /**
     * Returns the attributes of the file or folder at {@code path}, or null if there is none, or if the path is
     * impossible.
     *
     * @throws DanglingLinkException if the path does not exist because of a dangling link
     */
    static @Nullable BasicFileAttributes attributes(Path path, LinkOption... links) throws IOException {
        return attributes(path, DanglingLinkException::throwIfOneIsAt, links);
    }

    /** An action for a path that was not found. */
    @FunctionalInterface
    interface Missing {
        /** Throws if the path is missing because of a dangling link. */
        void at(Path path) throws DanglingLinkException;
    }

    /** Returns the attributes like {@link #attributes(Path, LinkOption...)}, after passing a missing path on. */
    static @Nullable BasicFileAttributes attributes(Path path, Missing missing, LinkOption... links)
            throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, links);
        } catch (NoSuchFileException e) {
            missing.at(path);
            return null;
        } catch (java.nio.file.AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (isTooLong(path) || fileAbove(path) != null) {
                return null;
            }
            DanglingLinkException.throwIfOneIsAt(path);
            throw e;
        }
    }

    /** Returns whether {@code path} or one of its names is too long for common file systems. */
    static boolean isTooLong(Path path) {
        int length = 0;
        for (Path name : path) {
            int bytes = name.toString().getBytes(StandardCharsets.UTF_8).length;
            length += bytes + 1;
            if (bytes > LONGEST_NAME) {
                return true;
            }
        }
        return length > LONGEST_PATH;
    }

    /** Returns the nearest existing ancestor of {@code path} if it is not a folder, else null. */
    static @Nullable Path fileAbove(Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above)) {
                return null;
            }
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                return above;
            }
        }
        return null;
    }
}
