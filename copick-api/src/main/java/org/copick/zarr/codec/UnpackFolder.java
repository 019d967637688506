package org.copick.zarr.codec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;

/**
 * A folder of this user alone that a library unpacks its native code to. It is deleted as soon as that code is loaded: what
 * a process has loaded stays loaded. A folder stays behind a process that is killed meanwhile, and on systems that keep files
 * which are in use; the next process clears it.
 */
final class UnpackFolder implements AutoCloseable {
    private static final String PREFIX = "copick-native-";

    /** How old a folder is that nobody loads from any more; loading takes milliseconds. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Path path;

    private UnpackFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder and clears abandoned ones.
     *
     * @param temporary where, such as the folder that {@code java.io.tmpdir} names
     */
    static UnpackFolder in(Path temporary) throws IOException {
        UnpackFolder folder = new UnpackFolder(Files.createTempDirectory(temporary, PREFIX));
        try {
            clear(temporary, Files.getOwner(folder.path));
        } catch (IOException | UnsupportedOperationException e) {
            // leftovers are no reason to do without native code
        }
        return folder;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        delete(path);
    }

    /** Only folders of this user: nobody else can put a link to other files in their place. */
    private static void clear(Path temporary, UserPrincipal user) throws IOException {
        Instant latest = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isOlder(folder, latest)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isOlder(Path folder, Instant latest) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory()
                && attributes.lastModifiedTime().toInstant().isBefore(latest);
    }

    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // in use; the next process tries again
        }
    }
}
