package org.copick.layout;

/**
 * The way to page through runs, chosen from the listings that the caller has requested so far.
 *
 * <p>States change as follows:
 *
 * <pre>
 * Unasked ── asked ──> EachRun ── towards ──> Sequence ── towards, pageAdded ──> Sequence
 *    ^                    │ ^                    │ │
 *    │                    │ └──── pageAdded ─────┘ │
 *    └────── renewed ─────┴──────── renewed ───────┘
 * </pre>
 *
 * <p>Paging that does not pay, or whose sequences miss the runs that are read, is given up for good: no other sequence
 * starts after it.
 */
sealed interface Paging {
    /** Most pages to read for one listing. Shorter sequences are not judged. */
    int PAGES_FOR_ONE_ANSWER = 8;

    /** Returns the state after something within a run was listed. */
    Paging asked();

    /** Returns the state after everything read so far was discarded. */
    Paging renewed();

    /**
     * Returns the state in which to list a run. If no sequence continues to the run, one starts there, provided that
     * is possible and pays.
     *
     * @param seeks whether the store can start a listing anywhere
     */
    Paging towards(String run, RunOrder order, boolean seeks);

    /** Returns the state after a page was added to a range, which may belong to an earlier state. */
    default Paging pageAdded(KeyRange range, RunOrder order) {
        return this;
    }

    /**
     * The state before anything within a run is listed.
     *
     * @param sequencesPay false once a sequence was given up
     */
    record Unasked(boolean sequencesPay) implements Paging {
        @Override
        public Paging asked() {
            return new EachRun(sequencesPay);
        }

        @Override
        public Paging renewed() {
            return this;
        }

        @Override
        public Paging towards(String run, RunOrder order, boolean seeks) {
            return asked().towards(run, order, seeks);
        }
    }

    /**
     * The state in which each run has its own page.
     *
     * @param sequencesPay false once a sequence was given up
     */
    record EachRun(boolean sequencesPay) implements Paging {
        @Override
        public Paging asked() {
            return this;
        }

        @Override
        public Paging renewed() {
            return new Unasked(sequencesPay);
        }

        @Override
        public Paging towards(String run, RunOrder order, boolean seeks) {
            if (!sequencesPay || !order.isKnown()) {
                return this;
            }
            if (order.position(run) <= Sequence.NEAR) {
                return new Sequence(new KeyRange(Layout.RUNS), 0, 0);
            }
            return seeks ? new Sequence(new KeyRange(run), 0, 0) : this;
        }
    }

    /**
     * The state in which pages continue from run to run.
     *
     * @param range the keys read so far
     * @param pages the number of pages read, including those of earlier sequences
     * @param misses how many sequences before this one ended too far from the run after them
     */
    record Sequence(KeyRange range, int pages, int misses) implements Paging {
        /** Largest gap, in runs, at which a run still continues the current sequence. */
        private static final int NEAR = 2;

        /**
         * Number of misses in a row that ends paging. A process that reads one of many shares of the runs would read a page
         * of others' keys for each of its own.
         */
        private static final int MISSES = 3;

        /** Most pages per run at which a sequence still pays. */
        private static final int PAGES_FOR_A_RUN = 4;

        /** Returns whether the next pages reach a run, perhaps after a few others. */
        boolean continuesTo(String run, RunOrder order) {
            String end = range.end();
            int distance = end == null ? 0 : order.position(run) - order.position(end);
            return distance >= 0 && distance <= NEAR;
        }

        @Override
        public Paging asked() {
            return this;
        }

        @Override
        public Paging renewed() {
            return new Unasked(true);
        }

        @Override
        public Paging towards(String run, RunOrder order, boolean seeks) {
            if (!seeks || continuesTo(run, order)) {
                return this;
            }
            int missed = isMissed(run, order) ? misses + 1 : 0;
            return missed < MISSES ? new Sequence(new KeyRange(run), pages, missed) : new EachRun(false);
        }

        /** Returns whether a run is further from this sequence than the sequence is long, so that it answered for few. */
        private boolean isMissed(String run, RunOrder order) {
            String end = range.end();
            int last = order.position(end == null ? run : end);
            int gap = order.position(run) - last;
            return gap < 0 || gap > last - order.position(range.from()) + 1;
        }

        @Override
        public Paging pageAdded(KeyRange grown, RunOrder order) {
            if (grown != range) {
                return this;
            }
            int more = pages + 1;
            String end = range.end();
            int runs = end == null ? Integer.MAX_VALUE : order.position(end) + 1;
            boolean pays = more < PAGES_FOR_ONE_ANSWER || more / PAGES_FOR_A_RUN <= runs;
            return pays ? new Sequence(range, more, misses) : new EachRun(false);
        }
    }
}
