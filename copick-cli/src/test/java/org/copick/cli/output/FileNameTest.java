package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FileNameTest {
    private static final String LETTERS = "a%0Bb.-_ \n\u001b\u202e/\\:*?\"<>|CON中\ud800\udc00";

    @Test
    void usualNamesStay() {
        for (String name :
                new String[] {"TS_001", "a b.mrc", "50%", "100%x", "Ångström 中 😀", "x-1", "console", "a..b"}) {
            assertEquals(name, FileName.of(name));
        }
    }

    @Test
    void whatSomethingElseWouldObeyIsEscaped() {
        assertEquals("a%0Ab%1B[2J", FileName.of("a\nb\u001b[2J"));
        assertEquals("%E2%80%AEgnp", FileName.of("\u202egnp"));
        assertEquals("%2E.%2Fx%5Cy%3A", FileName.of("../x\\y:"));
        assertEquals("%2E%2E", FileName.of(".."));
        assertEquals("%2E", FileName.of("."));
        assertEquals("%2Drf", FileName.of("-rf"));
        assertEquals("x%2E", FileName.of("x."));
        assertEquals("x%20", FileName.of("x "));
        assertEquals("%43ON", FileName.of("CON"));
        assertEquals("%6Cpt1.mrc", FileName.of("lpt1.mrc"));
        assertEquals("%ED%A0%80", FileName.of("\ud800"));
    }

    @Test
    void aNameThatLooksEscapedIsAnotherOne() {
        assertEquals("a%250Ab", FileName.of("a%0Ab"));
        assertEquals("a%0Ab", FileName.of("a\nb"));
    }

    @Test
    void twoNamesNeverBecomeOneAndAllStayInTheirFolder() {
        long seed = 7;
        Random random = new Random(seed);
        Map<String, String> names = new HashMap<>();
        Path folder = Path.of("folder");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            String safe = FileName.of(name.toString());
            String other = names.put(safe, name.toString());
            if (other != null) {
                assertEquals(other, name.toString(), () -> safe + ", seed " + seed);
            }
            assertEquals(safe, Printable.line(safe));
            assertTrue(folder.resolve(safe).normalize().startsWith(folder), safe);
            assertNull(Path.of(safe).getParent(), safe);
        }
    }
}
