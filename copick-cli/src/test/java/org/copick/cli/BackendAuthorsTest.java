package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Test that the guide for backend authors quotes the example that the build compiles and tests. */
final class BackendAuthorsTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void itsCodeIsTheExamples() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples/zip-store"))) {
            for (Path file : files.filter(BackendAuthorsTest::isSource).toList()) {
                sources.append(Files.readString(file)).append('\n');
            }
        }
        List<String> blocks = blocks();
        assertTrue(blocks.size() >= 10, () -> blocks.size() + " blocks of code");
        for (String block : blocks) {
            assertTrue(!block.isBlank() && sources.indexOf(block) >= 0, () -> "not in examples/zip-store:\n" + block);
        }
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return !path.contains("target") && (path.endsWith(".java") || path.endsWith("pom.xml"));
    }

    /** Returns the contents of the Java and XML code blocks. */
    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        @Nullable StringBuilder block = null;
        for (String line : Files.readAllLines(ROOT.resolve("docs/backend-authors.md"))) {
            if (block == null && (line.equals("```java") || line.equals("```xml"))) {
                block = new StringBuilder();
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }
}
