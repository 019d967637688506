package org.copick.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Merges ranges of one object into fewer spans to fetch. Ranges that overlap or lie near each other are fetched
 * together, which costs less than another request. Suffix ranges are not merged with others, because their position is
 * unknown before the object's size is.
 */
public final class RangePlan {
    /** Largest gap between two ranges, in bytes, that is fetched with them to save a request. */
    public static final long GAP = 64 << 10;

    private static final long MOST = Integer.MAX_VALUE - 64;

    private final List<ByteRange> asked;
    private final List<ByteRange> spans = new ArrayList<>();
    private final int[] spanOf;

    private RangePlan(List<ByteRange> asked) {
        this.asked = asked;
        this.spanOf = new int[asked.size()];
        Arrays.fill(spanOf, -1);
        List<Integer> order = IntStream.range(0, asked.size())
                .filter(i -> asked.get(i).length() > 0)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> asked.get(i).fromEnd())
                        .thenComparing(i -> asked.get(i).offset()))
                .toList();
        for (int i : order) {
            ByteRange range = asked.get(i);
            int last = spans.size() - 1;
            ByteRange span = last < 0 ? null : spans.get(last);
            if (span != null && span.equals(range)) {
                spanOf[i] = last;
                continue;
            }
            if (span != null && !range.fromEnd() && !span.fromEnd()) {
                long end = Math.max(span.offset() + span.length(), range.offset() + range.length());
                boolean near = range.offset() - (span.offset() + span.length()) <= GAP && end - span.offset() <= MOST;
                if (near || end == span.offset() + span.length()) {
                    spans.set(last, ByteRange.of(span.offset(), end - span.offset()));
                    spanOf[i] = last;
                    continue;
                }
            }
            spanOf[i] = spans.size();
            spans.add(range);
        }
    }

    /**
     * Merges ranges into spans.
     *
     * @param ranges the ranges to read, in any order, possibly overlapping or of length zero
     * @return a plan that numbers the ranges in this order
     */
    public static RangePlan of(List<ByteRange> ranges) {
        Objects.requireNonNull(ranges, "ranges");
        return new RangePlan(List.copyOf(ranges));
    }

    /** {@return the spans to fetch, ordered by offset, suffixes last; empty if all ranges have length zero} */
    public List<ByteRange> spans() {
        return List.copyOf(spans);
    }

    /**
     * {@return the index of the span that contains a range, or -1 if the range's length is zero}
     *
     * @param range the range's index, counted from 0
     */
    public int spanOf(int range) {
        return spanOf[range];
    }

    /**
     * {@return the number of bytes in a range's span before the range}
     *
     * @param range the index of a range whose length is not zero
     */
    public long offsetInSpan(int range) {
        return asked.get(range).offset() - spans.get(spanOf[range]).offset();
    }

    /**
     * Cuts the planned ranges out of the fetched spans.
     *
     * @param size the object's size in bytes
     * @param fetched the bytes of each span, cut at the object's end; the array of a span that equals its only range is
     *     returned without copying
     * @return the bytes of each planned range, in the planned order, cut at the object's end
     * @throws IllegalArgumentException if a span has fewer bytes than the object's size implies
     */
    public List<byte[]> parts(long size, List<byte[]> fetched) {
        int[] uses = new int[spans.size()];
        for (int span : spanOf) {
            if (span >= 0) {
                uses[span]++;
            }
        }
        List<byte[]> parts = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            int index = spanOf[i];
            if (index < 0) {
                parts.add(new byte[0]);
                continue;
            }
            byte[] bytes = fetched.get(index);
            ByteRange range = asked.get(i);
            int length = (int) range.lengthIn(size);
            int from = (int) Math.min(bytes.length, offsetInSpan(i));
            if (length > bytes.length - from) {
                // copyOfRange would fill the missing bytes with zeros
                throw new IllegalArgumentException("the span " + spans.get(index) + " of an object of " + size
                        + " bytes was fetched with only " + bytes.length);
            }
            parts.add(
                    uses[index] == 1 && from == 0 && length == bytes.length
                            ? bytes
                            : Arrays.copyOfRange(bytes, from, from + length));
        }
        return parts;
    }

    @Override
    public String toString() {
        return asked + " read as " + spans;
    }
}
