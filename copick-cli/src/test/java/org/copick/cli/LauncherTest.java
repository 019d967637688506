package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher with a stand-in for Java that records its arguments. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String STAND_IN = """
            #!/usr/bin/env bash
            printf '%s\\n' "$*" >>"$CALLS"
            [ -z "${BROKEN:-}" ] || { echo "no Java runtime present" >&2; exit 1; }
            for argument in "$@"; do
              case $argument in
                -XshowSettings*) echo "    java.specification.version = ${SPECIFICATION:-17}" ;;
                -XX:ArchiveClassesAtExit=*)
                  echo archive >"${argument#*=}"
                  # not INT, which programs in the background ignore
                  [ -z "${INTERRUPT:-}" ] || kill -TERM "$PPID"
                  ;;
              esac
            done
            """;

    @TempDir
    Path folder;

    private Path home;
    private Path temporary;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("a home/copick"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("lib/copick-cli-1.jar"));
        Files.createFile(home.resolve("lib/picocli-1.jar"));
        Files.copy(Path.of("src/main/launcher/bin/copick"), home.resolve("bin/copick"));
        java("one", "JAVA_VERSION=\"25\"");
    }

    @Test
    void anotherJavaAtTheSamePathCreatesTheArchiveAgain() throws Exception {
        assertEquals(0, run(Map.of(), "ls").status());
        assertEquals(0, run(Map.of(), "ls").status());
        assertEquals(1, archives());
        assertEquals("archive", Files.readString(home.resolve("copick.jsa")).strip());

        java("two", "JAVA_VERSION=\"17\"");
        assertEquals(0, run(Map.of(), "ls").status());
        assertEquals(2, archives());
        // in place, as by a package manager
        Files.writeString(folder.resolve("two/release"), "JAVA_VERSION=\"17.0.1\"");
        assertEquals(0, run(Map.of(), "ls").status());
        assertEquals(3, archives());
    }

    @Test
    void noOptionDependsOnTheVersionOfJava() throws Exception {
        assertEquals(0, run(Map.of("COPICK_PLUGINS", folder.toString()), "ls").status());
        List<String> calls = calls();
        String last = calls.get(calls.size() - 1);
        assertTrue(last.contains("-Dsun.misc.unsafe.memory.access=allow"), last);
        assertTrue(last.contains("--enable-native-access=ALL-UNNAMED"), last);
        assertEquals(
                0, calls.stream().filter(call -> call.contains("--sun-misc")).count());
    }

    @Test
    void javaThatDoesNotStartIsReported() throws Exception {
        Called called = run(Map.of("BROKEN", "yes"), "ls");
        assertEquals(1, called.status());
        assertTrue(called.err().matches("copick: .*/java does not start: no Java runtime present\\s*"), called::err);
        assertTrue(Files.notExists(home.resolve("complete")));
    }

    @Test
    void olderJavaIsRefused() throws Exception {
        Called called = run(Map.of("SPECIFICATION", "1.8"), "ls");
        assertEquals(1, called.status());
        assertTrue(called.err().contains("is Java 1, but Java 17 or later is needed"), called::err);
    }

    @Test
    void leavesNoTemporaryFiles() throws Exception {
        assertEquals(0, run(Map.of(), "ls").status());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void anInterruptedFirstStartLeavesNothing() throws Exception {
        run(Map.of("INTERRUPT", "yes"), "ls");
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(0, left.count());
        }
        assertTrue(Files.notExists(home.resolve("complete")));
    }

    @Test
    void runsWithoutAFolderForTemporaryFiles() throws Exception {
        Called called = run(Map.of("TMPDIR", folder.resolve("missing").toString()), "ls", "a:*");
        assertEquals(0, called.status(), called::err);
        assertEquals("", called.err());
        assertEquals(0, archives());
        assertTrue(calls().get(calls().size() - 1).endsWith("copick-cli-1.jar ls a:*"), () -> calls().toString());
    }

    @Test
    void relativeLinksLeadToTheInstallation() throws Exception {
        Path links = Files.createDirectories(folder.resolve("usr/bin"));
        Files.createSymbolicLink(links.resolve("second"), Path.of("../../a home/copick/bin/copick"));
        Files.createSymbolicLink(links.resolve("copick"), Path.of("second"));
        Called called = run(links.resolve("copick"), Map.of(), "ls");
        assertEquals(0, called.status(), called::err);
        assertTrue(calls().get(calls().size() - 1)
                .endsWith("-jar " + home.toRealPath().resolve("lib/copick-cli-1.jar") + " ls"));
    }

    @Test
    void pluginsAreJarsAndFoldersBetweenColons() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("some jars"));
        Path jar = Files.createFile(folder.resolve("one.jar"));
        run(Map.of("COPICK_PLUGINS", jars + "::" + jar), "ls");
        String last = calls().get(calls().size() - 1);
        assertTrue(
                last.contains("copick-cli-1.jar:" + jars + ":" + jars + "/*:" + jar + " org.copick.cli.Main ls"), last);
        Called missing = run(Map.of("COPICK_PLUGINS", folder.resolve("none").toString()), "ls");
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains("which does not exist"), missing::err);
    }

    /** Installs a Java of its own and points the path to it. */
    private void java(String name, String release) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        Files.writeString(folder.resolve(name).resolve("release"), release);
        Path java = bin.resolve("java");
        Files.writeString(java, STAND_IN);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = Files.createDirectories(folder.resolve("path")).resolve("java");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, java);
    }

    private Called run(Map<String, String> variables, String... arguments) throws Exception {
        return run(home.resolve("bin/copick"), variables, arguments);
    }

    private Called run(Path launcher, Map<String, String> variables, String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of("bash", launcher.toString()), Stream.of(arguments))
                        .toList());
        Map<String, String> environment = builder.environment();
        List.of("JAVA_HOME", "JAVA_OPTS", "COPICK_PLUGINS", "XDG_CONFIG_HOME", "BROKEN", "INTERRUPT", "SPECIFICATION")
                .forEach(environment::remove);
        environment.put("PATH", folder.resolve("path") + ":" + environment.get("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("CALLS", folder.resolve("calls").toString());
        environment.put("TMPDIR", temporary.toString());
        environment.putAll(variables);
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int status = process.waitFor();
        return new Called(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private List<String> calls() {
        try {
            return Files.readAllLines(folder.resolve("calls"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long archives() {
        return calls().stream()
                .filter(call -> call.contains("-XX:ArchiveClassesAtExit="))
                .count();
    }
}
