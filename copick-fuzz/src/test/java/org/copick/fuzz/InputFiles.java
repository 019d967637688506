package org.copick.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Temporary files for readers of files; each name exists once per process. */
final class InputFiles {
    private static final List<String> ENDINGS = List.of(".mrc", ".csv", ".star");
    private static final Path FOLDER = folder();

    private InputFiles() {}

    static Path named(String name) {
        return FOLDER.resolve(name);
    }

    static Path of(String name, byte[] content) {
        try {
            return Files.write(named(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("copick-fuzz");
            folder.toFile().deleteOnExit();
            for (String ending : ENDINGS) {
                folder.resolve("input" + ending).toFile().deleteOnExit();
                folder.resolve("again" + ending).toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
