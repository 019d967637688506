package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test that the guide for backend authors quotes the example that the build compiles and tests. */
final class BackendAuthorsTest {
    private static final Path ROOT = Path.of("..");
    private static final String PAGE = "docs/backend-authors.md";

    @Test
    void itsCodeIsTheExamples() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples/zip-store"))) {
            for (Path file : files.filter(BackendAuthorsTest::isSource).toList()) {
                sources.append(Files.readString(file)).append('\n');
            }
        }
        List<String> blocks = new ArrayList<>(Snippets.blocks(PAGE, "java"));
        blocks.addAll(Snippets.blocks(PAGE, "xml"));
        assertTrue(blocks.size() >= 10, () -> blocks.size() + " blocks of code");
        for (String block : blocks) {
            assertTrue(!block.isBlank() && sources.indexOf(block) >= 0, () -> "not in examples/zip-store:\n" + block);
        }
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return !path.contains("target") && (path.endsWith(".java") || path.endsWith("pom.xml"));
    }
}
