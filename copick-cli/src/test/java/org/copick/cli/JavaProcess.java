package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The outcome of a Java process.
 *
 * @param printed its standard output
 * @param warned its standard error
 */
record JavaProcess(int status, String printed, String warned) {
    /** Runs Java in a folder, with these arguments, until it ends. */
    static JavaProcess run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Path warned = folder.resolve("warned");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(printed.toFile())
                .redirectError(warned.toFile())
                .start();
        try {
            assertTrue(process.waitFor(300, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        return new JavaProcess(process.exitValue(), Files.readString(printed), Files.readString(warned));
    }

    /** Returns the class path of the tests. */
    static List<Path> classPath() {
        String entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<Path> paths = new ArrayList<>();
        for (String entry : entries.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                paths.add(Path.of(entry).toAbsolutePath().normalize());
            }
        }
        return paths;
    }

    /** Returns paths as an option of Java takes them. */
    static String joined(List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }
}
