package org.copick.layout;

/**
 * How runs are paged through, as far as earlier listings tell what the caller is up to. The states follow one another like
 * this:
 *
 * <pre>
 * Unasked ── asked ──> EachRun ── towards ──> Sequence ── towards, pageAdded ──> Sequence
 *    ^                    │ ^                    │ │
 *    │                    │ └──── pageAdded ─────┘ │
 *    └────── renewed ─────┴──────── renewed ───────┘
 * </pre>
 *
 * A sequence whose pages do not pay is given up for good: no other one begins after it.
 */
sealed interface Paging {
    /** Most pages to read for one listing. A sequence of fewer pages is not judged. */
    int PAGES_FOR_ONE_ANSWER = 8;

    /** Returns the state once something within a run was listed. */
    Paging asked();

    /** Returns the state once everything that was read is discarded. */
    Paging renewed();

    /**
     * Returns the state in which a run is listed. Where no sequence continues to the run one begins there, if that can be and
     * pays.
     *
     * @param seeks whether the store can begin a listing anywhere
     */
    Paging towards(String run, RunOrder order, boolean seeks);

    /** Returns the state once a page was added to a range, which may belong to a former state. */
    default Paging pageAdded(KeyRange range, RunOrder order) {
        return this;
    }

    /**
     * Nothing within a run was listed yet.
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
     * Each run has a page of its own.
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
                return new Sequence(new KeyRange(Layout.RUNS), 0);
            }
            return seeks ? new Sequence(new KeyRange(run), 0) : this;
        }
    }

    /**
     * Pages go on from run to run.
     *
     * @param range what was read so far
     * @param pages how many pages that took, those of the sequences before it included
     */
    record Sequence(KeyRange range, int pages) implements Paging {
        /** Largest gap, in runs, at which a run still continues the current sequence. */
        private static final int NEAR = 2;

        /** More pages than this for a run do not pay. */
        private static final int PAGES_FOR_A_RUN = 4;

        /** Whether the next pages bring a run, perhaps after a few others. */
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
            return seeks && !continuesTo(run, order) ? new Sequence(new KeyRange(run), pages) : this;
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
            return pays ? new Sequence(range, more) : new EachRun(false);
        }
    }
}
