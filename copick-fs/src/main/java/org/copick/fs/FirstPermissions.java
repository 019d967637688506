package org.copick.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The permissions that a temporary file is created with. If it replaces a file that not everybody may read, only the
 * owner can access it until it gets the permissions of that file, so that nobody else can open it in between. A file
 * that replaces a link gets the permissions of the link's target.
 */
final class FirstPermissions {
    private static final FileAttribute<?>[] USUAL = {};
    private static final FileAttribute<?>[] OWNER = {
        PosixFilePermissions.asFileAttribute(
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
    };

    private static final Set<PosixFilePermission> READABLE =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private FirstPermissions() {}

    static FileAttribute<?>[] of(Path target) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        try {
            return old == null || old.readAttributes().permissions().containsAll(READABLE) ? USUAL : OWNER;
        } catch (NoSuchFileException e) {
            return USUAL; // there is no file to replace
        }
    }
}
