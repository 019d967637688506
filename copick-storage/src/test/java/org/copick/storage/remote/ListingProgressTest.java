package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.copick.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ListingProgressTest {
    private long now;
    private final ListingProgress progress = new ListingProgress("x://place", Duration.ofSeconds(10), 1000, () -> now);

    private void assertRefused(String expected, Executable page) {
        String told = assertThrows(StorageException.class, page).getMessage();
        assertTrue(String.valueOf(told).contains(expected), told);
        assertTrue(String.valueOf(told).contains("x://place"), told);
    }

    @Test
    void pagesThatGoOnAreFine() {
        assertDoesNotThrow(() -> {
            progress.page(List.of("a", "b/"), "1");
            progress.page(List.of(), "2");
            progress.page(List.of("b/", "c"), "3");
            progress.page(List.of("\uFFFD"), "4");
            progress.page(List.of("\uD83D\uDE00"), "5"); // after the previous name by code point only
            progress.page(List.of("z", "\uFFFE"), "6"); // after the previous name by UTF-16 only
            progress.page(List.of(), null);
        });
    }

    @Test
    void theSameMarkAgainIsNoProgress() {
        progress.page(List.of("a"), "1");
        assertRefused("never ends", () -> progress.page(List.of("b"), "1"));
    }

    @Test
    void theSameNamesAgainAreNoProgress() {
        progress.page(List.of("a", "b"), "1");
        assertRefused("never ends", () -> progress.page(List.of("a", "b"), "2"));
    }

    @Test
    void aCircleIsNoProgress() {
        progress.page(List.of("a"), "1");
        progress.page(List.of("b"), "2");
        assertRefused("never ends", () -> progress.page(List.of("a"), "1"));
    }

    @Test
    void manyEmptyPagesAreNoProgress() {
        for (int i = 0; i < ListingProgress.EMPTY_PAGES; i++) {
            progress.page(List.of(), "mark " + i);
        }
        assertRefused("never ends", () -> progress.page(List.of(), "another"));
    }

    @Test
    void fewNamesThatTakeLongAreNoProgress() {
        now += Duration.ofSeconds(9).toNanos();
        progress.page(List.of("a"), "1");
        now += Duration.ofSeconds(2).toNanos();
        assertRefused("received only 2 names in 11 s", () -> progress.page(List.of("b"), "2"));
    }

    @Test
    void manyNamesMayTakeLonger() {
        for (int i = 0; i < 100; i++) {
            now += Duration.ofSeconds(1).toNanos();
            String page = String.format(Locale.ROOT, "%03d/", i);
            progress.page(IntStream.range(0, 10).mapToObj(each -> page + each).toList(), page);
        }
        now += Duration.ofDays(1).toNanos();
        assertDoesNotThrow(() -> progress.page(List.of("z"), null));
    }

    @Test
    void namesThatFillTheMemoryAreRefused() {
        progress.hold(List.of("a", "b"));
        assertRefused("do not fit", () -> progress.hold(Collections.nCopies(4, "c")));
    }
}
