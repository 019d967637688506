package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test that the types and methods named in docs/architecture.md exist. */
final class ArchitectureDocTest {
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*)((?:\\.\\w+)*)`");
    private static final Path PROJECT =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

    @Test
    void everyNamedTypeExists() throws IOException {
        Map<String, Path> sources = sources();
        TreeSet<String> missing = new TreeSet<>();
        int named = 0;
        Matcher type = TYPE.matcher(Files.readString(PROJECT.resolve("docs/architecture.md")));
        while (type.find()) {
            named++;
            Path source = sources.get(type.group(1) + ".java");
            String text = source == null ? "" : Files.readString(source);
            boolean isThere = source != null
                    && Stream.of(type.group(2).split("\\.", -1))
                            .skip(1)
                            .allMatch(member -> Pattern.compile("\\b" + member + "\\b")
                                    .matcher(text)
                                    .find());
            if (!isThere) {
                missing.add(type.group());
            }
        }
        assertEquals(new TreeSet<>(), missing);
        assertTrue(named > 20, named + " types are named");
    }

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(PROJECT)) {
            for (Path module : modules.toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.forEach(file -> sources.put(String.valueOf(file.getFileName()), file));
                    }
                }
            }
        }
        return sources;
    }
}
