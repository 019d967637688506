package org.copick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that patterns in URIs match correctly and never take long, even hostile ones. */
@Timeout(60)
class GlobTest {
    @Test
    void globsMatchWhatTheirRegularExpressionsMatch() {
        long seed = 8;
        Random random = new Random(seed);
        String[] globParts = {"*", "*", "?", "a", "b", ".", "\\", "[ab]", "[!a]", "[]b]", "[", "\ud83d\udd2c"};
        String[] nameParts = {"a", "b", "a", "b", ".", "]", "\\", "[", "\n", "\ud83d\udd2c"};
        int matches = 0;
        for (int i = 0; i < 50_000; i++) {
            String glob = text(random, globParts, 6);
            String name = text(random, nameParts, 8);
            boolean expected = regex(glob).matcher(name).matches();
            assertEquals(expected, new Glob(glob).matches(name), () -> glob + " on " + name + ", seed " + seed);
            matches += expected ? 1 : 0;
        }
        assertTrue(matches > 1000, "matches: " + matches);
    }

    private static String text(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            int end = glob.charAt(i) == '[' ? glob.indexOf(']', i + (glob.startsWith("[!", i) ? 3 : 2)) : -1;
            if (end > 0) {
                String members = glob.substring(i + 1, end);
                boolean negated = members.startsWith("!");
                String quoted = members.substring(negated ? 1 : 0).replaceAll("[\\\\\\[\\]^]", "\\\\$0");
                regex.append(negated ? "[^" : "[").append(quoted).append(']');
                i = end;
            } else {
                char c = glob.charAt(i);
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        // characters beyond 16 bits are quoted as two halves, which joining the quotations reunites
        return Pattern.compile(regex.toString().replace("\\E\\Q", ""), Pattern.DOTALL);
    }

    @Test
    void manyStarsAreFast() {
        for (int stars : new int[] {8, 9, 100, 10_000}) {
            Glob glob = new Glob("*a".repeat(stars));
            assertFalse(glob.matches("a".repeat(1000) + "b"));
            assertEquals(stars <= 1000, glob.matches("a".repeat(1000)));
        }
        assertTrue(new Glob("*".repeat(100_000)).matches("a".repeat(1000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "re:(a|aa)+$:x/y",
                "re:(a*)*b$:x/y",
                "re:(a+)+$:x/y",
                "re:^(([a-z])+.)+[A-Z]([a-z])+$:x/y",
                "re:(.*a){20}$:x/y",
                "re:((a|b)*)*c:x/y"
            })
    void anExpressionThatTakesTooLongIsAnError(String uri) {
        CopickUri parsed = CopickUri.parse(EntityKind.PICKS, uri);
        assertTrue(ends(parsed, "a".repeat(12) + "!"), "short names are no problem");
        ends(parsed, "a".repeat(250) + "!");
        ends(parsed, "a".repeat(100_000) + "!");
    }

    /** Returns whether matching ends with a result; otherwise it must have failed because it takes too long. */
    private static boolean ends(CopickUri uri, String name) {
        try {
            uri.matches(new EntityKey.Picks("r", name, "x", "y"));
            return true;
        } catch (InvalidNameException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("too long"), e::toString);
            return false;
        }
    }

    @Test
    void anExpressionThatIsNestedTooDeepIsAnError() {
        String deep = "re:" + "(".repeat(100_000) + "a" + ")".repeat(100_000);
        assertThrows(InvalidNameException.class, () -> CopickUri.parse(EntityKind.PICKS, deep));
    }
}
