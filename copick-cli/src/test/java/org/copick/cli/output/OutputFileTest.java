package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.Root;
import org.copick.cli.Called;
import org.copick.cli.project.SampleProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of written files: complete or absent, with the user's modes, never replacing a folder. */
final class OutputFileTest {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-rw----");

    @TempDir
    private Path folder;

    private Path project = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        project = folder.resolve("project");
        SampleProject.unpack(project);
    }

    /** Returns the commands that write a file, without the file. */
    private List<List<String>> commands() {
        String config = project.resolve("copick.json").toString();
        return List.of(
                List.of("manifest", "--run", "empty_run", "-c", config, "-o"),
                List.of("render", "wbp@10", "--run", "TS_001", "-c", config, "-o"),
                List.of("config", "filesystem", "--overlay-root", "x", "--overwrite", "--config"));
    }

    private Called write(List<String> command, Path file) {
        return Called.copick(Stream.concat(command.stream(), Stream.of(file)).toArray());
    }

    @Test
    void aFolderIsNeverReplaced() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty.png"));
        for (List<String> command : commands()) {
            assertEquals(
                    "copick: cannot write " + empty + ": it is a folder; name a file",
                    write(command, empty).refused().err().strip());
            assertTrue(Files.isDirectory(empty));
        }
    }

    @Test
    void newFilesHaveTheUsersModeAndReplacedOnesTheirs() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Set<PosixFilePermission> usual =
                Files.getPosixFilePermissions(Files.createFile(folder.resolve("made by hand")));
        for (List<String> command : commands()) {
            Path file = folder.resolve(command.get(0) + ".png");
            write(command, file).succeeded();
            assertEquals(usual, Files.getPosixFilePermissions(file), command.get(0));

            Files.setPosixFilePermissions(file, OWN);
            long before = Files.size(file);
            Files.writeString(file, "old");
            write(command, file).succeeded();
            assertEquals(before, Files.size(file), command.get(0));
            assertEquals(OWN, Files.getPosixFilePermissions(file), command.get(0));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    @Test
    void exportsKeepModesToo() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path csv = Files.writeString(folder.resolve("all.csv"), "old");
        Files.setPosixFilePermissions(csv, OWN);

        Called.copick(
                        "export",
                        "picks",
                        "--picks-uri",
                        "ribosome",
                        "--output-format",
                        "csv",
                        "--output-file",
                        csv,
                        "--overwrite",
                        "-c",
                        project.resolve("copick.json"))
                .succeeded();

        assertEquals(OWN, Files.getPosixFilePermissions(csv));
        assertTrue(Files.size(csv) > 3);
    }

    @Test
    void linksStayAndWhatTheyLeadToIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));

        OutputFile.at(link).replace(out -> out.write('n'));

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("n", Files.readString(file));
        Files.delete(file);
        OutputFile.at(link).replace(out -> out.write('m'));
        assertEquals("m", Files.readString(file));
    }

    @Test
    void devicesStayWhatTheyAre() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));

        OutputFile.at(device).replace(out -> out.write(new byte[100]));

        assertFalse(Files.isRegularFile(device));
    }

    @Test
    void whatFailsLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");

        CommandFailure failure = assertThrows(
                CommandFailure.class,
                () -> OutputFile.at(file).replace(out -> {
                    out.write("half".getBytes(StandardCharsets.US_ASCII));
                    throw new FileSystemException(file.toString(), null, "No space left on device");
                }));

        assertEquals(
                "cannot write " + file + ": the disk is full; delete something, or choose another folder",
                failure.getMessage());
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "the file and the project");
        }
    }

    @Test
    void foldersThatCannotBeAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        for (String[] command : new String[][] {
            {"export", "mesh", "--mesh-uri", "membrane:membrain/0", "--output-dir"},
            {"export", "tomogram", "--tomogram-uri", "wbp@10", "--output-format", "mrc", "--output-dir"},
            {"export", "picks", "--picks-uri", "ribosome", "--output-format", "csv", "--output-dir"}
        }) {
            Object[] arguments = Stream.concat(
                            Stream.of(command),
                            Stream.of(file, "--run", "TS_001", "-c", project.resolve("copick.json")))
                    .toArray();
            String told = Called.copick(arguments).refused().err();
            assertTrue(told.startsWith("copick: cannot write " + file), told);
            assertTrue(told.endsWith("is a file; choose another folder" + System.lineSeparator()), told);
        }
        assertEquals(
                "copick: cannot write " + file.resolve("c.json") + ": " + file + " is a file; choose another folder",
                Called.copick("config", "filesystem", "--overlay-root", "x", "--config", file.resolve("c.json"))
                        .refused()
                        .err()
                        .strip());
        assertTrue(Called.copick("demo", file.resolve("demo")).refused().err().contains("is a file"));
    }

    @Test
    void reasonsAreWordsAndSayWhatToDo() {
        Path path = Path.of("a.json");
        assertEquals(
                "cannot write a.json: permission denied on /x/y; ask its owner for access, or choose another folder",
                DiskFailure.of("write", path, new AccessDeniedException("/x/y")).getMessage());
        assertEquals(
                "cannot read a.json: there is no a.json; check the path",
                DiskFailure.of("read", path, new NoSuchFileException("a.json")).getMessage());
        assertEquals(
                "cannot write a.json: /x is on a read-only disk; choose another folder",
                DiskFailure.of("write", path, new FileSystemException("/x", null, "Read-only file system"))
                        .getMessage());
        assertEquals(
                "cannot write a.json: a part of the path /x/y is a file; choose another folder",
                DiskFailure.of("write", path, new FileSystemException("/x/y", null, "Not a directory"))
                        .getMessage());
        assertEquals(
                "cannot write a.json: File name too long (/x)",
                DiskFailure.of("write", path, new FileSystemException("/x", null, "File name too long"))
                        .getMessage());
    }

    @Test
    void configurationsWithCredentialsAreTheirOwnersAlone() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        Set<PosixFilePermission> usual =
                Files.getPosixFilePermissions(Files.createFile(folder.resolve("made by hand")));
        Path file = folder.resolve("secret.json");
        Object[] command = {
            "config",
            "filesystem",
            "--overlay-root",
            "s3://bucket/x",
            "--overlay-fs-args",
            "{\"key\": \"a\", \"secret\": \"b\"}",
            "--overwrite",
            "--config",
            file
        };
        Called.copick(command).succeeded();
        assertEquals(owner, Files.getPosixFilePermissions(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Called.copick(command).succeeded();
        assertEquals(owner, Files.getPosixFilePermissions(file), "the stricter of both");

        // a local project, to which an object can be added
        Files.writeString(file, """
                {"config_type": "filesystem", "overlay_root": "x", "pickable_objects": [],
                 "static_root": "y", "portal": {"token": "t"}}
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Called.copick("add", "object", "--name", "virus", "-c", file).succeeded();
        assertEquals(owner, Files.getPosixFilePermissions(file), "saved");
        Path copy = folder.resolve("new/copy.json");
        try (Root root = Copick.open(file)) {
            root.saveConfig(copy.toString());
            assertEquals(owner, Files.getPosixFilePermissions(copy));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
            root.saveConfig(copy.toString());
            assertEquals(PosixFilePermissions.fromString("r--------"), Files.getPosixFilePermissions(copy));
            assertEquals(root.config().toJson(), Files.readString(copy));
        }
        Files.writeString(file, "{\"overlay_root\": \"x\", \"pickable_objects\": [], \"static_root\": \"y\"}");
        Files.setPosixFilePermissions(file, OWN);
        Called.copick("add", "object", "--name", "virus", "-c", file).succeeded();
        assertEquals(OWN, Files.getPosixFilePermissions(file), "without credentials");
        try (Root root = Copick.open(file)) {
            Path plain = folder.resolve("plain.json");
            root.saveConfig(plain.toString());
            assertEquals(usual, Files.getPosixFilePermissions(plain));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertTrue(files.noneMatch(each -> each.toString().endsWith(".tmp")));
        }
    }
}
