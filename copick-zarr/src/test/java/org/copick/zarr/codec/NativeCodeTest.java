package org.copick.zarr.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Codecs work in every state of the temporary folder, and leave no files there, even if the process is killed. */
@Timeout(120)
class NativeCodeTest {
    private static final String GOOD = "ok NATIVE";
    private static final String WITHOUT = "ok JAVA";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nativeCodeIsUsedAndLeavesNothing() throws Exception {
        assertEquals(GOOD, codecs(folder));
        assertEquals(List.of(), filesIn(folder));
    }

    @Test
    void aMissingTemporaryFolderIsNoReasonToFail() throws Exception {
        assertEquals(WITHOUT, codecs(folder.resolve("missing")));
    }

    @Test
    void aFileInPlaceOfTheTemporaryFolderIsNoReasonToFail() throws Exception {
        assertEquals(WITHOUT, codecs(Files.createFile(folder.resolve("file"))));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderFromWhichNothingIsExecutedIsNoReasonToFail() throws Exception {
        assertEquals(WITHOUT, codecsOnMount("size=20m,noexec"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNoReasonToFail() throws Exception {
        assertEquals(WITHOUT, codecsOnMount("size=64k"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aKilledProcessLeavesNothing() throws Exception {
        Process process = start(folder, "wait");
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals(GOOD, output.readLine());
            assertEquals(List.of(), filesIn(folder), "while it runs");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(List.of(), filesIn(folder));
    }

    @Test
    void theNextProcessClearsWhatAKilledOneLeft() throws Exception {
        Process process = start(folder, "unpack");
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("unpacking", output.readLine());
            assertEquals(GOOD, codecs(folder));
            assertEquals(1, filesIn(folder).size(), "the folder of a living process stays");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertEquals(1, filesIn(folder).size(), "the folder of the killed process");

        assertEquals(GOOD, codecs(folder));

        assertEquals(List.of(), filesIn(folder));
    }

    @Test
    void onlyAbandonedFoldersAreCleared() throws Exception {
        Path abandoned = leftover("copick-native-1", Duration.ofMinutes(2));
        Path young = leftover("copick-native-2", Duration.ofSeconds(2));
        Path foreign = leftover("another-native-3", Duration.ofDays(2));
        Files.createFile(folder.resolve("copick-native-4"));

        assertEquals(GOOD, codecs(folder));

        assertFalse(Files.exists(abandoned));
        assertTrue(Files.exists(young.resolve("libzstd-jni-1.so")), "another process may be about to lock it");
        assertTrue(Files.exists(foreign.resolve("libzstd-jni-1.so")), "of another program");
        assertTrue(Files.exists(folder.resolve("copick-native-4")), "no folder");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linksAreNotFollowed() throws Exception {
        Path elsewhere = leftover("elsewhere", Duration.ofDays(2));
        Files.createSymbolicLink(folder.resolve("copick-native-5"), elsewhere);

        assertEquals(GOOD, codecs(folder));

        assertTrue(Files.exists(elsewhere.resolve("libzstd-jni-1.so")));
    }

    private Path leftover(String name, Duration age) throws IOException {
        Path left = Files.createDirectory(folder.resolve(name));
        Files.createFile(left.resolve("libzstd-jni-1.so"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(age)));
        return left;
    }

    private String codecsOnMount(String options) throws Exception {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted.toString()), "mounts need root");
        try {
            return codecs(mounted);
        } finally {
            run("umount", mounted.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // the program is not installed
            return false;
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String codecs(Path temporary) throws Exception {
        Process process = start(temporary, "end");
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(output.readLine());
            assertEquals(0, process.waitFor(), line);
            return line;
        }
    }

    private static Process start(Path temporary, String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CodecProcess.class.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
