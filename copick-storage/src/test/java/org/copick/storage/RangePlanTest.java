package org.copick.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RangePlanTest {
    private static byte[] cut(byte[] content, ByteRange range) {
        int from = (int) range.startIn(content.length);
        return Arrays.copyOfRange(content, from, from + (int) range.lengthIn(content.length));
    }

    @Test
    void whatIsFetchedTogetherComesBackApart() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] content = new byte[random.nextInt(1_000_000)];
            random.nextBytes(content);
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                long length = random.nextInt(4) == 0 ? 0 : random.nextInt(5000);
                ranges.add(
                        random.nextInt(5) == 0
                                ? ByteRange.last(length)
                                : ByteRange.of(random.nextInt(1_100_000), length));
            }
            RangePlan plan = RangePlan.of(ranges);
            List<byte[]> parts = plan.parts(
                    content.length,
                    plan.spans().stream().map(span -> cut(content, span)).toList());
            assertEquals(ranges.size(), parts.size());
            for (int i = 0; i < ranges.size(); i++) {
                assertArrayEquals(cut(content, ranges.get(i)), parts.get(i), ranges.get(i) + ", seed " + seed);
            }
        }
    }

    @Test
    void nearRangesAreOneAndFarOnesAreNot() {
        long gap = RangePlan.GAP;
        assertEquals(
                List.of(ByteRange.of(0, 20 + gap), ByteRange.of(40 + 3 * gap, 10)),
                RangePlan.of(List.of(ByteRange.of(40 + 3 * gap, 10), ByteRange.of(10 + gap, 10), ByteRange.of(0, 10)))
                        .spans());
        assertEquals(
                List.of(ByteRange.of(0, 100)),
                RangePlan.of(List.of(ByteRange.of(0, 100), ByteRange.of(20, 5))).spans(),
                "one within another");
        assertEquals(
                List.of(ByteRange.of(0, 10), ByteRange.last(10)),
                RangePlan.of(List.of(ByteRange.last(10), ByteRange.of(0, 10), ByteRange.last(10)))
                        .spans(),
                "equal suffixes are fetched once");
        assertTrue(
                RangePlan.of(List.of(ByteRange.of(5, 0), ByteRange.last(0)))
                        .spans()
                        .isEmpty(),
                "nothing to fetch");
    }

    @Test
    void missingBytesAreNotZeros() {
        RangePlan plan = RangePlan.of(List.of(ByteRange.of(10, 10), ByteRange.of(30, 10)));
        List<byte[]> tooShort = List.of(new byte[29]);
        assertThrows(IllegalArgumentException.class, () -> plan.parts(100, tooShort));
        assertThrows(IllegalArgumentException.class, () -> plan.parts(100, List.of(new byte[0])));
        assertEquals(9, plan.parts(39, tooShort).get(1).length, "the object ends there");
    }
}
