package org.copick.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.copick.error.InvalidNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/.", "a\0b"})
    void badKeysAreRefused(String key) {
        assertThrows(InvalidNameException.class, () -> Keys.checked(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", ".zarray", "0/.zarray", "...", "a..b", "a b", "C:\\x", "ä/日本"})
    void goodKeysAreKept(String key) {
        assertEquals(key, Keys.checked(key));
        assertEquals(key + "/", Keys.checkedPrefix(key + "/"));
    }

    @Test
    void prefixesEndWithASlash() {
        assertEquals("", Keys.checkedPrefix(""));
        assertThrows(InvalidNameException.class, () -> Keys.checkedPrefix("a"));
        assertThrows(InvalidNameException.class, () -> Keys.checkedPrefix("/"));
        assertEquals("b", Keys.lastSegment("a/b"));
        assertEquals("b", Keys.lastSegment("a/b/"));
        assertEquals("b", Keys.lastSegment("b"));
    }

    @Test
    void orderIsThatOfUtf8Bytes() {
        long seed = 20261123;
        Random random = new Random(seed);
        int[] points = {'a', 'b', '/', '.', 0xff, 0x7ff, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff};
        for (int round = 0; round < 20_000; round++) {
            String a = text(random, points);
            String b = text(random, points);
            int expected =
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    Integer.signum(expected),
                    Integer.signum(KeyOrder.BY_CODE_POINT.compare(a, b)),
                    () -> "seed " + seed + ": " + a + " and " + b);
        }
    }

    @Test
    void rangesAreCutAtTheEnd() {
        assertEquals(3, ByteRange.of(7, 10).lengthIn(10));
        assertEquals(0, ByteRange.of(11, 10).lengthIn(10));
        assertEquals(6, ByteRange.last(4).startIn(10));
        assertEquals(10, ByteRange.last(99).lengthIn(10));
        assertThrows(IllegalArgumentException.class, () -> ByteRange.of(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> ByteRange.of(2, Long.MAX_VALUE));
        assertTrue(ByteRange.last(4).fromEnd());
    }

    private static String text(Random random, int[] points) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
