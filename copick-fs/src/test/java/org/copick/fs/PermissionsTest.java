package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a file after it was replaced. */
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
}
