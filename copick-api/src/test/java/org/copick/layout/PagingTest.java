package org.copick.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.junit.jupiter.api.Test;

final class PagingTest {
    private static final Paging UNASKED = new Paging.Unasked(true);
    private static final RunOrder ORDER =
            RunOrder.of(new FolderListing(List.of(), List.of(run(0), run(1), run(2), run(3), run(4), run(5))));

    private static String run(int number) {
        return Layout.RUNS + "TS_" + number + "/";
    }

    private static void addPage(KeyRange range, String lastKey) {
        range.add(new ListPage(List.of(new ObjectInfo(lastKey, 1, new Version("v"))), List.of(), false));
    }

    @Test
    void theFirstListingIsRecognised() {
        assertEquals(new Paging.EachRun(true), UNASKED.asked());
        assertSame(UNASKED, UNASKED.renewed());
        assertEquals(UNASKED, UNASKED.asked().renewed());
    }

    @Test
    void noSequenceBeginsBeforeTheRunsWereListed() {
        assertEquals(new Paging.EachRun(true), UNASKED.asked().towards(run(0), RunOrder.UNKNOWN, true));
    }

    @Test
    void aSequenceBeginsWithTheFirstRuns() {
        Paging.Sequence sequence =
                assertInstanceOf(Paging.Sequence.class, UNASKED.asked().towards(run(2), ORDER, false));
        assertEquals(Layout.RUNS, sequence.range().end());
        assertTrue(sequence.continuesTo(run(2), ORDER));
    }

    @Test
    void aSequenceBeginsAnywhereIfTheStoreSeeks() {
        assertEquals(new Paging.EachRun(true), UNASKED.asked().towards(run(3), ORDER, false));
        Paging.Sequence sequence =
                assertInstanceOf(Paging.Sequence.class, UNASKED.asked().towards(run(3), ORDER, true));
        assertEquals(run(3), sequence.range().end());
    }

    @Test
    void aSequenceContinuesAtNearRunsAndRestartsAtOthers() {
        Paging first = UNASKED.towards(run(0), ORDER, true);
        assertSame(first, first.towards(run(2), ORDER, true));
        Paging other = first.towards(run(5), ORDER, true);
        assertNotSame(first, other);
        assertEquals(
                run(5), assertInstanceOf(Paging.Sequence.class, other).range().end());
        assertSame(first, first.towards(run(5), ORDER, false), "waits for a run that continues it");
    }

    @Test
    void pagesOfChunksEndPagingForGood() {
        Paging.Sequence sequence = new Paging.Sequence(new KeyRange(Layout.RUNS), 0, 0);
        addPage(sequence.range(), run(0) + "VoxelSpacing10.000/wbp.zarr/0/0");
        Paging paging = sequence;
        for (int page = 1; page < Paging.PAGES_FOR_ONE_ANSWER; page++) {
            paging = paging.pageAdded(sequence.range(), ORDER);
            assertEquals(new Paging.Sequence(sequence.range(), page, 0), paging);
        }
        paging = paging.pageAdded(sequence.range(), ORDER);
        assertEquals(new Paging.EachRun(false), paging);
        assertSame(paging, paging.towards(run(0), ORDER, true));
        assertEquals(new Paging.Unasked(false), paging.renewed());
        assertEquals(paging, paging.renewed().asked());
    }

    @Test
    void sequencesThatMissTheRunsEndPagingForGood() {
        RunOrder many = RunOrder.of(new FolderListing(
                List.of(), IntStream.range(100, 200).mapToObj(PagingTest::run).toList()));
        Paging paging = UNASKED.towards(run(100), many, true);
        for (int each : new int[] {120, 140}) {
            addPage(((Paging.Sequence) paging).range(), run(each - 16) + "Picks/a_0_b.json");
            paging = assertInstanceOf(Paging.Sequence.class, paging.towards(run(each), many, true));
        }
        addPage(((Paging.Sequence) paging).range(), run(144) + "Picks/a_0_b.json");
        assertEquals(new Paging.EachRun(false), paging.towards(run(160), many, true));
        assertEquals(new Paging.EachRun(false), paging.towards(run(100), many, true), "backwards, too");
    }

    @Test
    void sequencesThatAnswerForOthersOnTheWayGoOn() {
        RunOrder many = RunOrder.of(new FolderListing(
                List.of(), IntStream.range(100, 200).mapToObj(PagingTest::run).toList()));
        Paging paging = UNASKED.towards(run(100), many, true);
        for (int each = 115; each < 200; each += 15) {
            addPage(((Paging.Sequence) paging).range(), run(each - 5) + "Picks/a_0_b.json");
            paging = assertInstanceOf(Paging.Sequence.class, paging.towards(run(each), many, true));
        }
    }

    @Test
    void pagesOfAFormerSequenceDoNotCount() {
        Paging paging = new Paging.Sequence(new KeyRange(Layout.RUNS), 3, 0);
        assertSame(paging, paging.pageAdded(new KeyRange(Layout.RUNS), ORDER));
        assertSame(UNASKED, UNASKED.pageAdded(new KeyRange(Layout.RUNS), ORDER));
    }
}
