package org.copick.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A path leads through a dangling symbolic link, as in a git-annex data set that is only partly fetched. Unlike a
 * missing file, a dangling link means that a file should be there, so it is reported as a failure.
 */
final class DanglingLinkException extends IOException {
    private static final long serialVersionUID = 1L;

    private DanglingLinkException(Path link, String target) {
        super(link + " is a link to " + target + ", which does not exist; fetch the data, for example with"
                + " \"git annex get\", or delete the link");
    }

    /** Throws if a path does not exist because the path itself or a folder above it is a dangling link. */
    static void throwIfOneIsAt(Path missing) throws DanglingLinkException {
        var unused = isMissing(firstMissing(missing));
    }

    /**
     * Returns the first name of a path that does not exist, or its last name if it exists by now. Only that name can be a
     * dangling link. {@link java.io.File#exists} throws no exception for each missing folder.
     */
    static Path firstMissing(Path path) {
        Path name = path;
        Path folder = name.getParent();
        while (folder != null && !folder.toFile().exists()) {
            name = folder;
            folder = name.getParent();
        }
        return name;
    }

    /** Returns whether a folder surely lacks a name; throws if the name is a dangling link. */
    static boolean isMissing(Path name) throws DanglingLinkException {
        try {
            boolean isLink = Files.readAttributes(name, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink();
            if (isLink && !Files.exists(name)) {
                throw new DanglingLinkException(name, target(name));
            }
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DanglingLinkException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "an unknown target";
        }
    }
}
