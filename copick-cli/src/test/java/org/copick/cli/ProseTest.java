package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps comments, messages, help texts, scripts and Markdown free of the habits that {@link Prose} finds. */
final class ProseTest {
    /** Folders that hold builds, foreign data or the finder's own examples. */
    private static final Set<String> PASSED_OVER = Set.of("target", "golden", "corpus", "resources", "results");

    @TempDir
    private Path folder;

    @Test
    void theCheckoutHasNone() throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        for (Path file : files()) {
            files++;
            Prose.of(file).forEach(finding -> found.add(Snippets.CHECKOUT.relativize(file) + ":" + finding));
        }
        assertTrue(files > 500, "only " + files + " files were looked at");
        assertEquals(List.of(), found);
    }

    @Test
    void habitsAreFound() throws IOException {
        assertEquals(
                List.of(
                        "1 (no verb and no name) By key.",
                        "2 (a clause as subject) Lists. Who lists the runs will open them."),
                found("A.java", "/" + "** By key. */\n/" + "** Lists. Who lists the runs will open them. */\n"));
        assertEquals(
                List.of("1 (\"anew\", \"once more\", \"means nothing\") It is read anew."),
                found("b.md", "# A\nIt is read anew.\n"));
        assertEquals(List.of(), found("c.md", "```\nWhat was read is kept.\n```\n\nWhat next?\n"));
        assertEquals(1, found("d.py", "# Where there is none, it ends.\n").size());
        assertEquals(
                1,
                found("E.java", "class E { String s = \"The same of the read-only root.\"; }")
                        .size());
        assertEquals(
                1,
                found("F.java", "/** Returns " + "very ".repeat(30) + "long sentences. */")
                        .size());
        assertEquals(
                1,
                found("G.java", "/** {@return " + "very ".repeat(30) + "long {@code texts}} */")
                        .size());
        assertEquals(
                List.of(),
                found("H.java", "/** {@return the {@code text}} It has " + "many ".repeat(21) + "words. */"));
    }

    private List<String> found(String name, String text) throws IOException {
        return Prose.of(Files.writeString(folder.resolve(name), text)).stream()
                .map(Prose.Finding::toString)
                .toList();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(Snippets.CHECKOUT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                boolean hidden = name.startsWith(".") && !name.equals("..") && !name.equals(".ci");
                return hidden || PASSED_OVER.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("ProseTest.java") && !name.equals("Prose.java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
