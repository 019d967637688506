package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.copick.storage.ObjectStore;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the permissions of new and replaced files. */
final class PermissionsTest {
    @TempDir
    private Path folder;

    @Test
    void whatOnlyItsOwnerMayReadStaysSo() throws IOException {
        assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null, "no POSIX permissions");
        Path secret = Files.writeString(folder.resolve("copick.json"), "old");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path shared = Files.writeString(folder.resolve("shared.json"), "old");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-rw-r--"));
        try (ObjectStore store = new LocalStore(folder)) {
            byte[] bytes = "new".getBytes(StandardCharsets.UTF_8);
            store.write("copick.json", bytes, WriteCondition.ANY);
            store.write("shared.json", bytes, WriteCondition.ANY);
        }
        assertEquals("new", Files.readString(secret));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)));
    }

    @Test
    void whatIsMadeIsSharedLikeItsFolder() throws IOException {
        assumeTrue(Ownership.of(folder) != null, "not a Unix");
        Path usual = Files.writeString(folder.resolve("usual"), "x");
        int umasked = mode(usual);
        assumeTrue((umasked & 0044) == 0044, "the umask keeps others from reading");
        assertMade(0755, umasked, umasked | 0111, umasked);
        assertMade(0775, umasked | 0020, umasked | 0131, umasked | 0020);
        assertMade(0777, umasked | 0022, umasked | 0133, umasked | 0022);
        assertMade(01777, umasked, umasked | 0111, umasked | 0022);
    }

    private void assertMade(int shared, int file, int below, int lock) throws IOException {
        Path root = Files.createDirectory(folder.resolve("shared" + shared));
        Ownership.setMode(root, shared);
        try (ObjectStore store = new LocalStore(root)) {
            Version version = store.write("folder/new", new byte[1], WriteCondition.IF_ABSENT)
                    .version();
            store.write("folder/new", new byte[2], WriteCondition.ifVersion(version));
            store.write("new", new byte[1], WriteCondition.ANY);
        }
        String what = "in a folder of " + Integer.toOctalString(shared) + ": ";
        assertEquals(Integer.toOctalString(file), Integer.toOctalString(mode(root.resolve("new"))), what + "a file");
        assertEquals(
                Integer.toOctalString(below), Integer.toOctalString(mode(root.resolve("folder"))), what + "a folder");
        assertEquals(
                Integer.toOctalString(lock), Integer.toOctalString(mode(root.resolve(Names.LOCK))), what + "the lock");
        assertEquals(file, mode(root.resolve("folder/new")), what + "a file in a new folder, replaced");
    }

    private static int mode(Path path) throws IOException {
        return Objects.requireNonNull(Ownership.of(path)).mode();
    }

    @Test
    void aLinkIsReplacedByAFileWithThePermissionsOfItsTarget() throws IOException {
        assumeTrue(Ownership.of(folder) != null, "not a Unix");
        Path secret = Files.writeString(folder.resolve("secret"), "old");
        Ownership.setMode(secret, 0600);
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("missing"));
        Path usual = Files.writeString(folder.resolve("usual"), "x");
        try (ObjectStore store = new LocalStore(folder)) {
            store.write("link", new byte[1], WriteCondition.ANY);
            store.write("broken", new byte[1], WriteCondition.ANY);
        }
        assertEquals(0600, mode(folder.resolve("link")));
        assertEquals(mode(usual), mode(folder.resolve("broken")));
    }
}
