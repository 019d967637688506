package org.copick.tests.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The files in the folder of a disk cache. */
final class KeptFiles {
    private KeptFiles() {}

    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static Path only(Path folder) throws IOException {
        List<Path> files = in(folder);
        if (files.size() != 1) {
            throw new AssertionError("expected one file, but found " + files);
        }
        return files.get(0);
    }

    static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : in(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    static void age(Path file, Duration by) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
    }
}
