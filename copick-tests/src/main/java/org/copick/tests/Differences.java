package org.copick.tests;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.spi.Listing;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.opentest4j.AssertionFailedError;

/** Compares listings; a failure shows the first difference, since two long lists are hard to compare by eye. */
final class Differences {
    private Differences() {}

    static void assertEquals(List<?> expected, List<?> actual) {
        assertEquals(expected, actual, "a list");
    }

    static void assertEquals(List<?> expected, List<?> actual, Supplier<String> what) {
        assertEquals(expected, actual, what.get());
    }

    static void assertEquals(List<?> expected, List<?> actual, String what) {
        if (expected.isEmpty() && !actual.isEmpty()) {
            throw new AssertionFailedError(what + ": expected an empty list, but got " + CallText.of(actual));
        }
        if (!expected.equals(actual)) {
            int index = 0;
            while (index < expected.size()
                    && index < actual.size()
                    && Objects.equals(expected.get(index), actual.get(index))) {
                index++;
            }
            throw new AssertionFailedError(what + ": expected " + at(expected, index) + " at index " + index
                    + ", but got "
                    + at(actual, index) + " (expected " + counted(expected.size()) + ", got " + counted(actual.size())
                    + ")");
        }
    }

    static void assertEquals(ListPage expected, ListPage actual, String what) {
        assertEquals(expected.objects(), actual.objects(), what + ", objects of the page");
        assertEquals(expected.folders(), actual.folders(), what + ", folders of the page");
        if (expected.complete() != actual.complete()) {
            throw new AssertionFailedError(
                    what + ": expected complete=" + expected.complete() + ", but got complete=" + actual.complete());
        }
    }

    static void assertEquals(FolderListing expected, FolderListing actual, String what) {
        assertEquals(expected.objects(), actual.objects(), what + ", objects");
        assertEquals(expected.prefixes(), actual.prefixes(), what + ", prefixes");
    }

    static void assertEquals(Listing expected, Listing actual, String what) {
        assertEquals(expected.entries(), actual.entries(), what + ", entries");
        assertEquals(expected.unparsableNames(), actual.unparsableNames(), what + ", unparsable names");
        assertEquals(expected.hidden(), actual.hidden(), what + ", hidden entities");
    }

    static void assertEquals(Listing expected, Listing actual, Supplier<String> what) {
        assertEquals(expected, actual, what.get());
    }

    static void assertEquals(Map<?, ?> expected, Map<?, ?> actual, Supplier<String> what) {
        assertEquals(expected, actual, what.get());
    }

    static void assertEquals(Map<?, ?> expected, Map<?, ?> actual, String what) {
        if (!expected.equals(actual)) {
            Set<Object> keys = new LinkedHashSet<>(expected.keySet());
            keys.addAll(actual.keySet());
            for (Object key : keys) {
                if (!Objects.equals(expected.get(key), actual.get(key))) {
                    throw new AssertionFailedError(what + ": expected " + of(expected, key) + " for " + CallText.of(key)
                            + ", but got " + of(actual, key) + " (expected " + counted(expected.size()) + ", got "
                            + counted(actual.size()) + ")");
                }
            }
        }
    }

    private static String of(Map<?, ?> map, Object key) {
        return map.containsKey(key) ? CallText.of(map.get(key)) : "nothing";
    }

    private static String at(List<?> list, int index) {
        return index < list.size() ? CallText.of(list.get(index)) : "the end of the list";
    }

    private static String counted(int size) {
        return size == 1 ? "1 element" : size + " elements";
    }
}
