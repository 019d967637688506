package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the pages of promises and the descriptions of packages are complete and name things that exist. */
final class PromisesTest {
    private static final String COMPATIBILITY = "docs/compatibility.md";
    private static final Pattern LIBRARIES = Pattern.compile(
            "copick-(?:storage|zarr|api|fs|overlay|s3|gcs|http|portal|exchange|imglib2|imagej|zarr-java|spark|tests)");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)\n}</pre>", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /** Statements that give an example the variables that its text has already. */
    private static final Map<String, String> BEFORE =
            Map.of("org.copick.error", "Picks picks = null; List<Point> points = List.of();\n");

    @TempDir
    private Path folder;

    @Test
    void everyPackageTellsItsStoryAndAge() throws IOException {
        Map<String, Path> packages = packages();
        assertTrue(packages.size() > 20, packages::toString);
        Set<String> wrong = new TreeSet<>();
        for (Map.Entry<String, Path> each : packages.entrySet()) {
            Path file = each.getValue().resolve("package-info.java");
            String text = Files.exists(file) ? Files.readString(file) : "";
            long lines = text.lines().filter(line -> line.startsWith(" *")).count();
            if (lines < 10
                    || !Pattern.compile("(?m)^ \\* @since \\d+\\.\\d+\\.\\d+$")
                            .matcher(text)
                            .find()) {
                wrong.add(each.getKey());
            }
        }
        assertEquals(Set.of(), wrong, "packages without a description of ten lines and @since");
    }

    @Test
    void theExamplesOfPackagesCompile() throws IOException {
        Map<String, Path> packages = packages();
        String imports = packages.keySet().stream()
                        // nothing here depends on that module
                        .filter(name -> !name.equals("org.copick.zarrjava"))
                        .map(name -> "import " + name + ".*;\n")
                        .collect(Collectors.joining())
                + "import java.net.URI;\nimport java.nio.charset.StandardCharsets;\nimport java.nio.file.Path;\n"
                + "import java.util.Arrays;\nimport java.util.List;\nimport java.util.Map;\n";
        List<String> command = new ArrayList<>(List.of(
                "-proc:none",
                "-cp",
                // this module does not depend on the kit, which is built before it
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        + File.pathSeparator
                        + Snippets.CHECKOUT.resolve("copick-tests/target/classes"),
                "-d",
                folder.resolve("classes").toString()));
        int examples = 0;
        for (Map.Entry<String, Path> each : packages.entrySet()) {
            String comment = Files.readString(each.getValue().resolve("package-info.java"))
                    .lines()
                    .map(line -> line.replaceFirst("^ \\* ?", ""))
                    .collect(Collectors.joining("\n"));
            for (Matcher example = EXAMPLE.matcher(comment); example.find(); examples++) {
                Path source = folder.resolve("Example" + examples + ".java");
                Files.writeString(
                        source,
                        imports + "class Example" + examples + " { void run() throws Exception {\n"
                                + BEFORE.getOrDefault(each.getKey(), "") + example.group(1) + "\n}}");
                command.add(source.toString());
            }
        }
        assertTrue(examples > 15, "only " + examples + " examples");
        JavaCompiler.assertCompiles(command);
    }

    /** The table of API packages lists exactly those that have a description, except the one that is no API. */
    @Test
    void theApiIsEveryPublicPackage() throws IOException {
        String page = page(COMPATIBILITY);
        String section = page.substring(page.indexOf("### What is API"), page.indexOf("Not API are"));
        Set<String> listed = new TreeSet<>();
        Matcher names = Pattern.compile("`(org\\.copick[\\w.]*)`").matcher(section);
        while (names.find()) {
            listed.add(names.group(1));
        }
        Set<String> existing = new TreeSet<>(packages().keySet());
        assertTrue(existing.remove("org.copick.zarr.codec"));
        assertEquals(existing, listed);
    }

    @Test
    void theTestsThatArePromisesExist() throws IOException {
        Map<String, String> sources = testSources();
        Set<String> missing = new TreeSet<>();
        int named = 0;
        for (String page : List.of("SECURITY.md", COMPATIBILITY)) {
            Matcher test =
                    Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`").matcher(page(page));
            for (; test.find(); named++) {
                String source = sources.getOrDefault(test.group(1), "");
                if (source.isEmpty() || (test.group(2) != null && !source.contains(" " + test.group(2) + "("))) {
                    missing.add(page + ": " + test.group());
                }
            }
        }
        assertTrue(named > 50, "only " + named + " tests are named");
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyFuzzTargetIsListed() throws IOException {
        Set<String> targets = new TreeSet<>();
        try (Stream<Path> corpora = Files.list(Snippets.CHECKOUT.resolve("copick-fuzz/src/test/resources/corpus"))) {
            corpora.filter(Files::isDirectory)
                    .map(corpus -> String.valueOf(corpus.getFileName()))
                    .forEach(targets::add);
        }
        String page = page("SECURITY.md");
        Matcher names = Pattern.compile("`(\\w+)`")
                .matcher(page.substring(page.indexOf("| target |"))
                        .split("\n\n", 2)[0]
                        .replaceAll("(?m)^(\\|[^|]*\\|).*", "$1"));
        Set<String> listed = new TreeSet<>();
        while (names.find()) {
            listed.add(names.group(1));
        }
        assertEquals(targets, listed);
    }

    @Test
    void theVersionsAreThoseThatTheChecksUse() throws IOException {
        String page = page(COMPATIBILITY);
        Matcher tools = Pattern.compile("(?:copick|moto\\[server]|tensorstore)==([\\w.]+)|fake-gcs-server@v([\\d.]+)")
                .matcher(page("interop/tools"));
        Set<String> versions = new TreeSet<>();
        while (tools.find()) {
            versions.add(tools.group(1) == null ? tools.group(2) : tools.group(1));
        }
        assertTrue(versions.size() >= 5, versions::toString);
        String pom = page("pom.xml");
        versions.add(inTag(pom, "s3proxy.version"));
        versions.add("| " + inTag(pom, "maven.compiler.release") + ", the oldest |");
        Set<String> missing = new TreeSet<>(versions);
        missing.removeIf(page::contains);
        assertEquals(Set.of(), missing);
    }

    @Test
    void theChangelogBeginsWithTheVersionOfThisBuild() throws IOException {
        String version = inTag(page("pom.xml"), "revision").replace("-SNAPSHOT", "");
        Matcher first = Pattern.compile("(?m)^## \\[([\\d.]+)]").matcher(page("CHANGELOG.md"));
        assertTrue(first.find());
        assertEquals(version, first.group(1));
    }

    @Test
    void linksOfPagesLeadToFilesAndHeadings() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")) {
            pages.add(Snippets.CHECKOUT.resolve(name));
        }
        try (Stream<Path> files = Files.walk(Snippets.CHECKOUT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        Set<String> broken = new TreeSet<>();
        int links = 0;
        for (Path page : pages) {
            String text =
                    Files.readString(page).replaceAll("(?ms)^```.*?^```$", "").replaceAll("`[^`\n]*`", "");
            for (Matcher link = LINK.matcher(text); link.find(); ) {
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                links++;
                String[] parts = target.split("#", 2);
                Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                boolean leads = Files.exists(file)
                        && (parts.length == 1 || anchors(file).contains(parts[1]));
                if (!leads) {
                    broken.add(Snippets.CHECKOUT.relativize(page) + ": " + target);
                }
            }
        }
        assertTrue(links > 100, "only " + links + " links");
        assertEquals(Set.of(), broken);
    }

    /** Returns the anchors that hosts of sources give to the headings of a page. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }

    private static String page(String name) throws IOException {
        return Files.readString(Snippets.CHECKOUT.resolve(name));
    }

    private static String inTag(String pom, String tag) {
        int from = pom.indexOf("<" + tag + ">") + tag.length() + 2;
        return pom.substring(from, pom.indexOf("</" + tag + ">"));
    }

    /** Returns the public packages of the published libraries and their folders. */
    private static Map<String, Path> packages() throws IOException {
        Map<String, Path> packages = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Snippets.CHECKOUT)) {
            for (Path module : modules.toList()) {
                if (!LIBRARIES.matcher(String.valueOf(module.getFileName())).matches()) {
                    continue;
                }
                Path sources = module.resolve("src/main/java");
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        Path place = Objects.requireNonNull(file.getParent());
                        String name = sources.relativize(place).toString().replace(File.separatorChar, '.');
                        if (!name.contains("internal") && Files.readString(file).contains("\npublic ")) {
                            packages.put(name, place);
                        }
                    }
                }
            }
        }
        return packages;
    }

    /** Returns the sources of tests and contracts by class name; those of equal names are joined. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Snippets.CHECKOUT)) {
            for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("src")))
                    .toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    for (Path file : files.filter(each -> each.toString().matches(".*(?:Test|Contract)\\.java"))
                            .toList()) {
                        String name = String.valueOf(file.getFileName()).replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        return sources;
    }
}
