package org.copick.layout;

import java.util.ArrayList;
import java.util.List;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * The keys of some adjacent runs, read page by page. Several segments are read at the same time, where one sequence of pages
 * would wait for each page before it asks for the next.
 */
final class RunSegment implements Runnable {
    /** Most segments that are read at the same time. */
    private static final int MOST = 16;
    /**
     * Pages of a segment, if runs are as large as those before it. The last page of each may be needed only to see that the
     * segment is complete, so there are up to a third more requests than in one sequence.
     */
    private static final int PAGES = 4;
    /** Pages after which a segment is left as it is; its runs are larger than those before it. */
    private static final int MOST_PAGES = 4 * PAGES;

    private final ObjectStore store;
    private final KeyRange range;
    /** The run before which the segment ends, or null if it has all other runs. */
    private final @Nullable String end;

    private RunSegment(ObjectStore store, String after, @Nullable String end) {
        this.store = store;
        this.range = new KeyRange(after);
        this.end = end;
    }

    /**
     * Returns the segments that continue a sequence of pages. Empty if it has too few pages to tell how large runs are. All
     * segments have twice as many pages as the sequence, so a caller that stops has paid for three times what it used.
     */
    static List<RunSegment> after(KeyRange sequence, RunOrder order, ObjectStore store) {
        String from = sequence.after();
        String end = sequence.end();
        int width = Math.min(MOST, sequence.pages() / 2);
        if (from == null || end == null || width < 2 || !order.isKnown()) {
            return List.of();
        }
        int at = order.position(end);
        int seen = at - order.position(sequence.from()) + 1;
        int runs = Math.max(1, seen * PAGES / sequence.pages());
        List<RunSegment> segments = new ArrayList<>();
        String begin = from;
        for (int i = 1; i <= width && begin != null; i++) {
            String next = order.at(at + i * runs);
            segments.add(new RunSegment(store, begin, next));
            begin = next;
        }
        return segments.size() < 2 ? List.of() : segments;
    }

    /** Reads the pages of the segment. */
    @Override
    public void run() {
        while (!isComplete() && range.pages() < MOST_PAGES) {
            range.readPage(store, true);
        }
    }

    private boolean isComplete() {
        return range.end() == null || (end != null && range.coversUpTo(end));
    }

    /** Returns the keys that were read. */
    KeyRange range() {
        return range;
    }
}
