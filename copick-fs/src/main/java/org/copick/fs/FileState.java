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
 * The state of a file on disk, with as much of its identity as a version can hold.
 *
 * @param size in bytes
 * @param identity the file key (device and inode), or the creation time where the disk has none
 * @param version of size, modification time in nanoseconds, and identity
 */
record FileState(long size, String identity, Version version) {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4095;

    /** The state of the regular file at {@code path}, through links, or null where there is none. */
    static @Nullable FileState of(Path path) throws IOException {
        BasicFileAttributes attributes = attributes(path);
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

    /** Whether this is the same file in whatever state, as opposed to another one renamed into its place. */
    boolean isSameFile(FileState other) {
        return identity.equals(other.identity);
    }

    // spelled out for the start of the command; docs/performance.md has the figure
    @Override
    public boolean equals(@Nullable Object other) {
        // the version holds the rest
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
     * The attributes of what is at {@code path}, or null where nothing can be there.
     *
     * @throws DanglingLinkException where nothing is there because of a link that leads nowhere
     */
    static @Nullable BasicFileAttributes attributes(Path path, LinkOption... links) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, links);
        } catch (NoSuchFileException e) {
            DanglingLinkException.throwIfOneIsAt(path);
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

    /** Whether {@code path} has a name that no usual disk can hold. */
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

    /** The nearest ancestor of {@code path} that is there and no folder, or null. */
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
