package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the exceptions that the kit demands with the Javadoc of the interfaces that an author implements.
 *
 * <p>An author who reads only the interface must find each of them, either at the method or at the type for all its
 * methods.
 */
final class DemandedExceptionsTest {
    private static final Path KIT = Path.of("src/main/java/org/copick/tests");
    private static final Path STORAGE = Path.of("../copick-storage/src/main/java/org/copick/storage");

    /** A demanded exception, and the call in a lambda or a method reference. */
    private static final Pattern DEMAND = Pattern.compile("assertThrows\\(\\s*(\\w+)\\.class,\\s*(?:\\(\\)"
            + " ->\\s*(?:\\w+\\(?\\)?(?:\\.store\\(\\))?\\.)?|\\w+::)(\\w+)[(,]");

    private static final Pattern CHANGE = Pattern.compile("\\(\\) ->\\s*(?:store\\(\\)\\.)?(\\w+)\\(");

    /** A comment, and the name of the method below it. */
    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*(?:default )?[\\w<>\\[\\]@?, ]+ (\\w+)\\(", Pattern.DOTALL);

    private static final Pattern TYPE =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public interface", Pattern.DOTALL);

    @Test
    void everyExceptionOfAStoreIsInItsJavadoc() throws IOException {
        Map<String, Set<String>> documented = documented(STORAGE.resolve("ObjectStore.java"));
        // what a writer refuses may be thrown by the method that opens it or by the one that completes it
        Map<String, Set<String>> writers = documented(STORAGE.resolve("ObjectWriter.java"));
        documented.put("complete", writers.getOrDefault("complete", Set.of()));
        List<String> demands = new ArrayList<>();
        try (Stream<Path> files = Files.list(KIT)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("Store\\w+Contract.java"))
                    .toList()) {
                String source = Files.readString(file);
                demands.addAll(demands(source));
                demands.addAll(refusals(source));
            }
        }
        assertTrue(demands.size() > 60, demands::toString);
        assertEquals(new TreeSet<>(), missing(demands, documented), "demanded by the kit, but not in the Javadoc");
    }

    @Test
    void everyExceptionOfABackendIsInItsJavadoc() throws IOException {
        List<String> demands = new ArrayList<>();
        for (String file : List.of("BackendContract.java", "BackendViewPromises.java")) {
            demands.addAll(demands(Files.readString(KIT.resolve(file))));
        }
        assertTrue(demands.size() > 9, demands::toString);
        Map<String, Set<String>> documented =
                documented(Path.of("../copick-api/src/main/java/org/copick/spi/Backend.java"));
        // the kit reads outside the key space of a volume, which is an ObjectStore
        documented.put("read", Set.of("InvalidNameException"));
        assertEquals(new TreeSet<>(), missing(demands, documented), "demanded by the kit, but not in the Javadoc");
    }

    /** Authors of stores behind a network find the demanded words where the contract lists them. */
    @Test
    void everyWordOfANetworkFailureIsInTheJavadocOfItsContract() throws IOException {
        String source = Files.readString(KIT.resolve("network/NetworkFailuresContract.java"));
        String comment = source.substring(source.indexOf("/**"), source.indexOf("*/"));
        Matcher texts = Pattern.compile("assertTells\\((?s:.*?)\"([a-zA-Z ]+\\w[^\"/:]*)\"\\);")
                .matcher(source);
        int compared = 0;
        while (texts.find()) {
            String words = texts.group(1).replaceFirst(" other$", "");
            assertTrue(comment.contains("\"" + words + "\""), words);
            compared++;
        }
        assertTrue(compared > 9, "only " + compared + " texts were compared");
        Matcher exceptions = Pattern.compile("(?:assertThrows|assertInstanceOf)\\((\\w+)\\.class")
                .matcher(source);
        Set<String> missing = new TreeSet<>();
        while (exceptions.find()) {
            missing.add(exceptions.group(1));
        }
        missing.removeAll(exceptions(comment));
        // any exception of copick is accepted after an answer without end; the other one is Java's own
        missing.removeAll(Set.of("CopickException", "ExecutionException"));
        assertEquals(Set.of(), missing);
    }

    private static Set<String> missing(List<String> demands, Map<String, Set<String>> documented) {
        Set<String> missing = new TreeSet<>();
        for (String demand : demands) {
            String method = demand.substring(0, demand.indexOf(' '));
            String exception = demand.substring(demand.indexOf(' ') + 1);
            if (!documented.getOrDefault(method, Set.of()).contains(exception)
                    && !documented.getOrDefault("", Set.of()).contains(exception)) {
                missing.add(demand);
            }
        }
        return missing;
    }

    private static List<String> demands(String source) {
        List<String> demands = new ArrayList<>();
        Matcher matcher = DEMAND.matcher(source);
        while (matcher.find()) {
            demands.add(matcher.group(2) + " " + matcher.group(1));
        }
        return demands;
    }

    /** Returns what a store without a capability must throw: the changes that the kit passes to {@code refuses}. */
    private static List<String> refusals(String source) {
        List<String> demands = new ArrayList<>();
        for (int at = source.indexOf("refuses("); at >= 0; at = source.indexOf("refuses(", at + 1)) {
            int open = 0;
            int end = at + "refuses".length();
            do {
                open += source.charAt(end) == '(' ? 1 : source.charAt(end) == ')' ? -1 : 0;
                end++;
            } while (open > 0);
            Matcher matcher = CHANGE.matcher(source.substring(at, end));
            while (matcher.find()) {
                demands.add(matcher.group(1) + " ReadOnlyException");
            }
        }
        return demands;
    }

    /** Returns the exceptions that the comment of each method names; those of the type have an empty name. */
    private static Map<String, Set<String>> documented(Path file) throws IOException {
        Map<String, Set<String>> documented = new HashMap<>();
        String source = Files.readString(file);
        Matcher type = TYPE.matcher(source);
        assertTrue(type.find(), file::toString);
        documented.put("", exceptions(type.group(1)));
        Matcher methods = METHOD.matcher(source.substring(type.end()));
        while (methods.find()) {
            documented.merge(methods.group(2), exceptions(methods.group(1)), (one, other) -> {
                one.addAll(other);
                return one;
            });
        }
        return documented;
    }

    private static Set<String> exceptions(String comment) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile("(\\w+Exception)\\b").matcher(comment);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
