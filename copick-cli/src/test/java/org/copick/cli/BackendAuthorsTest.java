package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the guide for authors of backends with the examples, which {@code examples/run} builds and tests. */
final class BackendAuthorsTest {
    private static final String PAGE = "docs/backend-authors.md";
    private static final Path FOLDER_STORE = Path.of("../examples/folder-store");
    private static final Path SQLITE_STORE = Path.of("../examples/sqlite-store");

    private static final Path ARCHETYPE = Path.of("../copick-store-archetype/src/main/resources/archetype-resources");

    /** The path of a file, and below it the block with its content. */
    private static final Pattern FILE = Pattern.compile("(?m)^`([\\w./-]+)`\n\n```\\w+\n((?:(?!```).*\n)*)```$");

    @Test
    void everyBlockIsAFileOfAnExample() throws IOException {
        Map<String, String> shown = shown();
        for (Map.Entry<String, String> file : shown.entrySet()) {
            Path source = FOLDER_STORE.resolve(file.getKey());
            source = Files.exists(source) ? source : SQLITE_STORE.resolve(file.getKey());
            assertEquals(Files.readString(source), file.getValue(), file.getKey());
        }
        List<String> blocks = new ArrayList<>(Snippets.blocks(PAGE, "java"));
        blocks.addAll(Snippets.blocks(PAGE, "xml"));
        assertTrue(shown.values().containsAll(blocks), "a block has no path above it");
    }

    @Test
    void everyFileOfTheExampleIsShown() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(FOLDER_STORE)) {
            all.filter(Files::isRegularFile)
                    .map(file -> FOLDER_STORE.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("target/"))
                    .forEach(files::add);
        }
        files.removeAll(shown().keySet());
        assertEquals(new TreeSet<>(), files, "files that a reader cannot copy from " + PAGE);
    }

    /** Readers copy versions, so these are the ones that this build uses. */
    @Test
    void versionsAreThoseOfThisBuild() throws IOException {
        String ours = Files.readString(Snippets.CHECKOUT.resolve("pom.xml"));
        String shown = Files.readString(FOLDER_STORE.resolve("pom.xml"));
        String template = Files.readString(ARCHETYPE.resolve("pom.xml"));
        for (String plugin : List.of(
                "maven-compiler-plugin", "maven-jar-plugin", "maven-resources-plugin", "maven-surefire-plugin")) {
            assertEquals(version(ours, plugin), version(shown, plugin), plugin);
            assertEquals(version(ours, plugin), version(template, plugin), plugin + " of the archetype");
        }
        assertEquals(between(ours, "<junit.version>"), version(shown, "junit-jupiter"), "JUnit");
        assertEquals(between(ours, "<slf4j.version>"), version(shown, "slf4j-nop"), "SLF4J");
        assertEquals(between(ours, "<revision>"), between(shown, "<copick.version>"), "copick");
    }

    /** Authors who start from the archetype read the page, so both have the same tests. */
    @Test
    void theTestsOfTheArchetypeAreThoseOfThePage() throws IOException {
        for (String test : List.of("StoreTest", "ProjectTest", "OverlayTest")) {
            String generated = Files.readString(ARCHETYPE.resolve("src/test/java/__storeName__" + test + ".java"))
                    .replace("${package}", "org.example.folder")
                    .replace("${storeName}", "Folder");
            Path shown = FOLDER_STORE.resolve("src/test/java/org/example/folder/Folder" + test + ".java");
            assertEquals(Files.readString(shown), generated, test);
        }
    }

    /** The green and the red output that the page quotes are texts of the kit. */
    @Test
    void theQuotedOutputIsTheKits() throws IOException {
        Path kit = Snippets.CHECKOUT.resolve("copick-tests/src/main/java/org/copick/tests");
        String page = Files.readString(Snippets.CHECKOUT.resolve(PAGE));
        Matcher legend = Pattern.compile("(?m)^    (Promises: .*)$").matcher(page);
        assertTrue(legend.find(), "no legend");
        assertTrue(Files.readString(kit.resolve("PromiseTable.java")).contains(legend.group(1)), legend.group(1));
        Matcher promise = Pattern.compile("breaks the promise (\"[^\"]+\")").matcher(page);
        assertTrue(promise.find(), "no broken promise");
        String listing = Files.readString(kit.resolve("StoreListingContract.java"));
        assertTrue(listing.contains("@Promise(" + promise.group(1) + ")"), promise.group(1));
    }

    private static Map<String, String> shown() throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        Matcher files = FILE.matcher(Files.readString(Snippets.CHECKOUT.resolve(PAGE)));
        while (files.find()) {
            shown.put(files.group(1), files.group(2));
        }
        assertTrue(shown.size() > 5, shown.keySet()::toString);
        return shown;
    }

    private static String version(String pom, String artifact) {
        return between(pom.substring(pom.indexOf("<artifactId>" + artifact + "</artifactId>")), "<version>");
    }

    private static String between(String pom, String tag) {
        int from = pom.indexOf(tag) + tag.length();
        return pom.substring(from, pom.indexOf('<', from));
    }
}
