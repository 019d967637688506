package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test that the table in docs/conformance.md matches the tags of the tests. */
final class ConformanceTableTest {
    private static final int STATEMENTS = 95;
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"statement-(\\d+)\"\\)");
    private static final Pattern METHOD = Pattern.compile("^    (?:default )?(?:final )?[\\w<>\\[\\]]+ (\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (.*) \\| (.*) ?\\|");

    @Test
    void everyStatementHasATestOrAReason() throws IOException {
        Path project = Path.of("").toAbsolutePath().getParent();
        Path table = Objects.requireNonNull(project).resolve("docs/conformance.md");
        Map<Integer, Set<String>> tests = tests(project);
        List<String> lines = new ArrayList<>();
        int statements = 0;
        for (String line : Files.readAllLines(table)) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                lines.add(line);
                continue;
            }
            int number = Integer.parseInt(row.group(1));
            assertEquals(++statements, number, "statements in order");
            String reason = row.group(3).strip();
            Set<String> own = tests.getOrDefault(number, new TreeSet<>());
            assertTrue(
                    !own.isEmpty() || reason.startsWith("—"), "statement " + number + " has neither test nor reason");
            lines.add("| " + number + " | " + row.group(2) + " | " + (own.isEmpty() ? reason : String.join(", ", own))
                    + " |");
        }
        assertEquals(STATEMENTS, statements);
        String made = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(table, made);
        }
        assertEquals(
                made, Files.readString(table), "docs/conformance.md is out of date; it says itself how it is made");
    }

    /** The numbers of the table and of tags are those of the statements. */
    @Test
    void everyStatementIsInTheSpecification() throws IOException {
        List<Integer> numbers = Pattern.compile("(?m)^(\\d+)\\. \\S")
                .matcher(Files.readString(Snippets.CHECKOUT.resolve("docs/spec/data-model.md")))
                .results()
                .map(statement -> Integer.valueOf(statement.group(1)))
                .toList();
        assertEquals(IntStream.rangeClosed(1, STATEMENTS).boxed().toList(), numbers);
    }

    /** Every "spec section 4.2" in the sources is a section of the specification. */
    @Test
    void everyCitedSectionExists() throws IOException {
        String specification = Files.readString(Snippets.CHECKOUT.resolve("docs/spec/python-behaviour.md"));
        Pattern citation = Pattern.compile("spec(?:ification's)? sections? ([\\d.]*\\d)(?: and ([\\d.]*\\d))?");
        Set<String> missing = new TreeSet<>();
        int cited = 0;
        for (Path source : sources(Snippets.CHECKOUT)) {
            Matcher citations = citation.matcher(Files.readString(source).replaceAll("\\s+(?:\\*|//)?\\s*", " "));
            while (citations.find()) {
                for (int group = 1; group <= 2 && citations.group(group) != null; group++) {
                    cited++;
                    Pattern heading = Pattern.compile("(?m)^#+ " + Pattern.quote(citations.group(group)) + "\\.? ");
                    if (!heading.matcher(specification).find()) {
                        missing.add(citations.group(group) + " in " + source.getFileName());
                    }
                }
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(cited > 20, cited + " citations");
    }

    private static Map<Integer, Set<String>> tests(Path project) throws IOException {
        Map<Integer, Set<String>> tests = new TreeMap<>();
        for (Path source : sources(project)) {
            String type =
                    Objects.requireNonNull(source.getFileName()).toString().replace(".java", "");
            List<Integer> pending = new ArrayList<>();
            for (String line : Files.readAllLines(source)) {
                Matcher tag = TAG.matcher(line);
                Matcher method = METHOD.matcher(line);
                if (tag.find()) {
                    pending.add(Integer.valueOf(tag.group(1)));
                } else if (method.find() && !pending.isEmpty()) {
                    for (int number : pending) {
                        tests.computeIfAbsent(number, n -> new TreeSet<>()).add(type + "." + method.group(1));
                    }
                    pending.clear();
                }
            }
        }
        return tests;
    }

    private static List<Path> sources(Path project) throws IOException {
        try (Stream<Path> all = Files.walk(project, 12)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("src"))
                    .toList();
        }
    }
}
