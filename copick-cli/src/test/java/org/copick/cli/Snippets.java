package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the code blocks of a page of documentation with the test code that runs them.
 *
 * <p>A test marks the code that a page shows with comments, in the order of the page:
 *
 * <pre>{@code
 * // shown in docs/application.md
 * try (Root root = Copick.open(config)) {
 *     use(root);
 *     // not shown
 *     assertEquals(2, root.runs().size());
 *     // shown again
 * }
 * // end of what is shown
 * }</pre>
 *
 * <p>Line breaks and indentation may differ, since the formatter decides on them in the test. Imports appear on the page only.
 */
final class Snippets {
    /** The folder of the checkout, seen from the module whose tests run. */
    static final Path CHECKOUT = Path.of("..");

    private static final String BEGIN = "// shown in ";
    private static final String PAUSE = "// not shown";
    private static final String RESUME = "// shown again";
    private static final String END = "// end of what is shown";

    private Snippets() {}

    /**
     * Asserts that the Java blocks of a page are the marked regions of a test, in order.
     *
     * @param page the page's path in the checkout, such as {@code docs/application.md}
     * @param test the test class that holds the regions
     * @param shownToRun what the page writes differently from the test, such as a path: page's text to test's text
     */
    static void assertShown(String page, Class<?> test, Map<String, String> shownToRun) throws IOException {
        assertShown(page, blocks(page, "java"), test, shownToRun);
    }

    /** Asserts the same of some of a page's blocks; tests of other modules run the others. */
    static void assertShown(String page, List<String> blocks, Class<?> test, Map<String, String> shownToRun)
            throws IOException {
        List<String> shown = new ArrayList<>();
        for (String block : blocks) {
            if (block.startsWith("module ")) {
                continue; // ModulePathTest compiles it
            }
            String code = normalized(withoutImports(block).lines().toList());
            // longest first, because one may be a part of another
            List<Map.Entry<String, String>> replacements = new ArrayList<>(shownToRun.entrySet());
            replacements.sort(Comparator.comparingInt(each -> -each.getKey().length()));
            for (Map.Entry<String, String> each : replacements) {
                code = code.replace(each.getKey(), each.getValue());
            }
            shown.add(code);
        }
        List<String> run = regions(page, test);
        assertFalse(run.isEmpty(), () -> test.getSimpleName() + " has no region \"" + BEGIN + page + "\"");
        assertEquals(
                String.join("\n\n", run),
                String.join("\n\n", shown),
                () -> page + " shows other Java code than " + test.getSimpleName() + " runs");
    }

    /** Returns the blocks of a page in a language such as {@code java}, {@code xml} or {@code json}, in order. */
    static List<String> blocks(String page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        @Nullable StringBuilder block = null;
        for (String line : Files.readAllLines(CHECKOUT.resolve(page))) {
            if (block == null && line.equals("```" + language)) {
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

    /** Asserts that a block of statements compiles with the imports that it shows and no others. */
    static void assertCompilesAlone(String block, Path folder) throws IOException {
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        Path source = Files.writeString(
                folder.resolve("Shown.java"),
                imports + "\nclass Shown { static void main(String[] arguments) throws Exception {\n"
                        + withoutImports(block) + "\n}}");
        JavaCompiler.assertCompiles(List.of(
                "-proc:none",
                "-cp",
                JavaProcess.joined(JavaProcess.classPath()),
                "-d",
                folder.toString(),
                source.toString()));
    }

    private static String withoutImports(String block) {
        return block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    }

    private static List<String> regions(String page, Class<?> test) throws IOException {
        Path source = Path.of("src/test/java").resolve(test.getName().replace('.', '/') + ".java");
        List<String> regions = new ArrayList<>();
        @Nullable List<String> region = null;
        boolean paused = false;
        for (String line : Files.readAllLines(source)) {
            String text = line.strip();
            if (text.equals(BEGIN + page)) {
                region = new ArrayList<>();
            } else if (region != null && text.equals(END)) {
                regions.add(normalized(region));
                region = null;
            } else if (region != null && (text.equals(PAUSE) || text.equals(RESUME))) {
                paused = text.equals(PAUSE);
            } else if (region != null && !paused) {
                region.add(text);
            }
        }
        assertEquals(null, region, () -> "a region of " + source + " has no \"" + END + "\"");
        return regions;
    }

    private static String normalized(List<String> lines) {
        // the formatter moves the dots of call chains to other lines
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "))
                .replaceAll(" (?=\\.\\w)", "")
                .replaceAll("(?<=\\() | (?=\\))", "");
    }
}
