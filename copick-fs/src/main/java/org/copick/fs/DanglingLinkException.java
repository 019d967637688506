package org.copick.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /**
     * Throws if a path does not exist because the path itself or a folder above it is a dangling link. Only a name in a folder
     * that exists can be a link. {@link java.io.File#exists} finds that folder, because it throws no exception for each
     * missing one; an overlay misses most of what is looked up in it.
     */
    static void throwIfOneIsAt(Path missing) throws DanglingLinkException {
        Path path = missing;
        Path folder = path.getParent();
        while (folder != null && !folder.toFile().exists()) {
            path = folder;
            folder = path.getParent();
        }
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new DanglingLinkException(path, target(path));
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
