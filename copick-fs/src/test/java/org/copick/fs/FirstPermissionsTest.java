package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstPermissionsTest {
    @TempDir
    private Path folder;

    @Test
    void whatReplacesAPrivateFileIsPrivateFromTheBeginning() throws IOException {
        assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null, "no POSIX permissions");
        Path old = Files.writeString(folder.resolve("old"), "secret");
        Path link = Files.createSymbolicLink(folder.resolve("link"), old);
        for (String mode : new String[] {"rw-------", "rw-r-----", "rw----r--"}) {
            Files.setPosixFilePermissions(old, PosixFilePermissions.fromString(mode));
            assertEquals("rw-------", created(FirstPermissions.of(old)));
            assertEquals("rw-------", created(FirstPermissions.of(link)), "a link to a private file");
        }
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-r--"));
        String usual = created();
        assertEquals(usual, created(FirstPermissions.of(old)));
        assertEquals(usual, created(FirstPermissions.of(folder.resolve("absent"))));
        Files.delete(old);
        assertEquals(usual, created(FirstPermissions.of(link)), "a dangling link");
    }

    private String created(FileAttribute<?>... attributes) throws IOException {
        Path file = folder.resolve("new");
        FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)
                .close();
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        Files.delete(file);
        return permissions;
    }
}
