package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.copick.cli.look.LsCommand;
import org.copick.cli.project.SampleProject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that commands load no unneeded classes, in separate processes. */
final class StartupClassesTest {
    private static final List<String> CLIENTS = List.of(
            "software.amazon.",
            "com.google.",
            "io.grpc.",
            "io.opencensus.",
            "org.apache.",
            "org.copick.s3.",
            "org.copick.gcs.",
            "org.copick.http.",
            "java.net.http.",
            "org.copick.storage.remote.");

    /** Providers that Java's service loader instantiates to ask for their schemes. */
    private static final Set<String> PROVIDERS = Set.of(
            "org.copick.s3.S3StorageProvider",
            "org.copick.gcs.GcsStorageProvider",
            "org.copick.http.HttpStorageProvider");

    private static final List<String> ENGINES = List.of(
            "com.fasterxml.jackson.",
            "com.github.benmanes.caffeine.",
            "com.github.luben.zstd.",
            "de.javagl.",
            "net.jpountz.",
            "io.airlift.",
            "org.copick.cache.",
            "org.copick.layout.",
            "org.copick.storage.",
            "org.copick.zarr.");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        SampleProject.unpack(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", ""})
    void helpReadsNoProject(String argument) throws IOException, InterruptedException {
        Set<String> loaded = argument.isEmpty() ? loaded(2) : loaded(0, argument);
        assertEquals(List.of(), of(loaded, CLIENTS));
        assertEquals(List.of(), of(loaded, ENGINES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "ls --long --json",
                "info",
                "new picks --particle-name proteasome --out-user me",
                "render wbp@10 --run TS_001 -o slice.png"
            })
    void projectsOnTheDiskNeedNoClient(String command) throws IOException, InterruptedException {
        Set<String> loaded = loaded(0, (command + " -c copick.json").split(" ", -1));
        if (command.equals("info")) {
            assertTrue(
                    loaded.containsAll(PROVIDERS),
                    "info lists all providers, and loaded classes of these jars are visible here");
        }
        loaded.removeAll(PROVIDERS);
        assertEquals(List.of(), of(loaded, CLIENTS));
    }

    @Test
    void aListNeedsNeitherTheCacheOfChunksNorOtherCommands() throws IOException, InterruptedException {
        Set<String> loaded = loaded(0, "ls", "-c", "copick.json");
        assertEquals(List.of(), of(loaded, List.of("com.github.benmanes.caffeine.")));
        // Main.COMMANDS loads the class of every command; nested classes load only if a command is built
        List<String> others = Main.COMMANDS.stream()
                .filter(type -> !type.equals(LsCommand.class))
                .map(type -> type.getName() + "$")
                .toList();
        assertEquals(List.of(), of(loaded, others));
    }

    @Test
    void aCommandThatOnlyAFileOfArgumentsNamesIsBuiltToo() throws IOException {
        Path arguments = Files.write(
                folder.resolve("arguments"), List.of("ls", "-c", "'" + folder.resolve("copick.json") + "'"));
        assertEquals(Called.copick("ls", "-c", folder.resolve("copick.json")), Called.copick("@" + arguments));
        assertEquals(0, Called.copick("@" + arguments).status());
    }

    private static List<String> of(Set<String> classes, List<String> prefixes) {
        return classes.stream()
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .sorted()
                .toList();
    }

    /** Returns the classes that a process loads which runs the command in the folder. */
    private static Set<String> loaded(int status, String... arguments) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                "-Xlog:class+load:file=classes:none:filecount=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        JavaProcess ended = JavaProcess.run(folder, command);
        assertEquals(status, ended.status(), ended.printed() + ended.warned());
        try (Stream<String> lines = Files.lines(classes)) {
            Set<String> loaded =
                    lines.map(line -> line.substring(0, line.indexOf(' '))).collect(Collectors.toSet());
            assertTrue(loaded.contains(Main.class.getName()));
            return loaded;
        }
    }
}
