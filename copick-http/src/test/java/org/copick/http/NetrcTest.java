package org.copick.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.InvalidConfigException;
import org.copick.http.Netrc.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file {@code .netrc}, as curl and Python read it. */
final class NetrcTest {
    private static final Optional<Login> ALICE = Optional.of(new Login("alice", "s3cret"));

    @TempDir
    private Path folder;

    private Path file(String text, String permissions) throws IOException {
        Path file = folder.resolve("netrc");
        Files.writeString(file, text);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
        return file;
    }

    private Optional<Login> find(String text) throws IOException {
        return Netrc.find(file(text, "rw-------"), "data.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine data.example.org login alice password s3cret",
                "machine data.example.org\n\tlogin alice\n\tpassword s3cret\n",
                "machine data.example.org password s3cret login alice",
                "machine DATA.example.org user alice account x password s3cret\r\n",
                "# machine data.example.org login eve password x\nmachine data.example.org login alice password s3cret",
                "machine other login bob password x machine data.example.org login alice password s3cret",
                "machine data.example.org login alice password s3cret\nmachine data.example.org login bob password x",
                "macdef init\nmachine data.example.org login eve password x\n\n"
                        + "machine data.example.org login alice password s3cret",
                "machine \"data.example.org\" login \"alice\" password \"s3cre\\t\"",
                "default login eve password x\nmachine data.example.org login alice password s3cret"
            })
    void theEntryOfTheHostIsFound(String text) throws IOException {
        assertEquals(ALICE, find(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n# nothing\n",
                "machine other.example.org login alice password s3cret",
                "machine example.org login alice password s3cret",
                "machine evil-data.example.org login alice password s3cret",
                "default login alice password s3cret",
                "machine data.example.org login alice",
                "machine data.example.org login alice default password s3cret"
            })
    void entriesOfOtherHostsAreNotUsed(String text) throws IOException {
        assertEquals(Optional.empty(), find(text));
    }

    @Test
    void valuesMayHoldAnything() throws IOException {
        assertEquals(
                Optional.of(new Login("machine", "#password")),
                find("machine data.example.org login machine password #password # a comment\n"));
        assertEquals(Optional.of(new Login("", "a b\"c")), find("machine data.example.org password \"a b\\\"c\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine data.example.org login alice s3cret",
                "s3cret",
                "machine data.example.org password",
                "machine data.example.org password \"s3cret\nlogin alice",
                "machine"
            })
    void anInvalidFileIsRefusedWithoutQuotingIt(String text) {
        InvalidConfigException e = assertThrows(InvalidConfigException.class, () -> find(text));
        assertTrue(String.valueOf(e.getMessage()).startsWith("cannot read the logins in "), e.getMessage());
        assertFalse(String.valueOf(e.getMessage()).contains("s3cret"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw--w----", "rw-----w-"})
    void aFileThatOthersMayReadOrChangeIsRefused(String permissions) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path file = file("machine data.example.org login alice password s3cret", permissions);
        CopickException e = assertThrows(AccessDeniedException.class, () -> Netrc.find(file, "data.example.org"));
        assertTrue(String.valueOf(e.getMessage()).contains("run chmod 600 on it"), e.getMessage());
        assertEquals(Optional.empty(), Netrc.find(file, "public.example.org"), "other hosts need no entry");
    }

    @Test
    void aMissingFileHasNoEntries() {
        assertEquals(Optional.empty(), Netrc.find(folder.resolve("none"), "data.example.org"));
        assertEquals(Optional.empty(), Netrc.find(folder, "data.example.org"), "a folder is no file");
    }

    @Test
    void aLoginDoesNotShowItself() {
        assertEquals("a login", new Login("alice", "s3cret").toString());
    }
}
