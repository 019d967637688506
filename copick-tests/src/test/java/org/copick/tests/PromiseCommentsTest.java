package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares promises with the comments of their tests, which are the Javadoc of {@link ObjectStoreContract}. */
final class PromiseCommentsTest {
    private static final Pattern COMMENTED =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*@Promise\\(\\s*\"([^\"]*)\"\\s*\\)", Pattern.DOTALL);

    @Test
    void everyCommentIsItsPromise() throws IOException {
        int compared = 0;
        for (Path file : contracts()) {
            String source = Files.readString(file);
            Matcher promises = COMMENTED.matcher(source);
            int commented = 0;
            while (promises.find()) {
                String comment =
                        promises.group(1).replaceAll("\\s*\\n\\s*\\*", "").strip();
                String expected = "Tests that " + promises.group(2) + ".";
                assertEquals(expected, comment.replaceFirst("\\s*@throws.*", ""), file::toString);
                commented++;
            }
            assertEquals(source.split("@Promise\\(", -1).length - 1, commented, file + ": tests without a comment");
            compared += commented;
        }
        assertTrue(compared > 60, "only " + compared + " promises were compared");
    }

    private static List<Path> contracts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/copick/tests"))) {
            return files.filter(file -> file.getFileName().toString().matches("(Store|Programs)\\w*Contract.java"))
                    .toList();
        }
    }
}
