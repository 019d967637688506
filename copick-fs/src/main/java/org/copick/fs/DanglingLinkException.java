package org.copick.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A path through a link that leads nowhere, as in a data set under version control of which a part was not fetched. Unlike a
 * missing file it says that there should be one.
 */
final class DanglingLinkException extends IOException {
    private static final long serialVersionUID = 1L;

    private DanglingLinkException(Path link, String target) {
        super(link + " is a link to " + target + ", where nothing is; fetch the data that it stands for, for example by"
                + " \"git annex get\", or delete the link");
    }

    /** Throws if nothing is at a path because of a link, at it or above it. */
    static void throwIfOneIsAt(Path missing) throws DanglingLinkException {
        for (Path path = missing; path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                return;
            }
            if (Files.isSymbolicLink(path)) {
                throw new DanglingLinkException(path, target(path));
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return; // made in this moment
            }
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "a place that cannot be read";
        }
    }
}
