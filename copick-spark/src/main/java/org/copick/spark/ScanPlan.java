package org.copick.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.copick.Root;

/**
 * The tasks of a scan, from the listing of the project.
 *
 * @param parts what each task reads
 * @param rows the number of rows, if the listing gives it
 * @param bytes the size of all rows in bytes, if the listing gives it
 */
record ScanPlan(List<Part> parts, OptionalLong rows, OptionalLong bytes) {
    /** Approximate size of a row about an entity: a few short texts. */
    private static final int ROW_BYTES = 200;

    ScanPlan {
        parts = List.copyOf(parts);
    }

    /** Lists the project. With a limit nothing is listed, because the task does that as far as it needs to. */
    static ScanPlan of(ScanSpec spec, String scan) {
        if (spec.limit() >= 0) {
            return new ScanPlan(List.of(new Part.Limited()), OptionalLong.empty(), OptionalLong.empty());
        }
        try (OpenProjects.Lease lease = OpenProjects.shared().lease(spec.project(), scan)) {
            if (spec.table() == TableKind.BLOCKS) {
                return ofBlocks(spec, lease.root());
            }
            return ofEntities(spec, lease.root());
        }
    }

    private static ScanPlan ofEntities(ScanSpec spec, Root root) {
        List<Part> parts = new ArrayList<>();
        long rows = 0;
        Iterator<List<ListedEntity>> byRun = new EntityLister(spec.options(), spec.filter()).byRun(root);
        while (byRun.hasNext()) {
            List<ListedEntity> entities = byRun.next();
            parts.add(new Part.OfRun(entities.get(0).run(), entities));
            rows += entities.size();
        }
        Counting counting = spec.counting();
        boolean isKnown = spec.table().hasRowPerEntity();
        if (counting == null) {
            return new ScanPlan(
                    parts,
                    isKnown ? OptionalLong.of(rows) : OptionalLong.empty(),
                    isKnown ? OptionalLong.of(rows * ROW_BYTES) : OptionalLong.empty());
        }
        if (!isKnown && !parts.isEmpty()) {
            return new ScanPlan(parts, OptionalLong.empty(), OptionalLong.empty());
        }
        Counting.Sums sums = counting.new Sums();
        for (Part part : parts) {
            ((Part.OfRun) part).entities().forEach(entity -> sums.add(entity, 0, 1, column -> 0));
        }
        return computed(sums);
    }

    private static ScanPlan ofBlocks(ScanSpec spec, Root root) {
        List<ListedEntity> tomograms = new ArrayList<>();
        new EntityLister(spec.options(), spec.filter()).byRun(root).forEachRemaining(tomograms::addAll);
        List<Part> parts = new ArrayList<>();
        Counting.Sums sums = spec.counting() == null ? null : spec.counting().new Sums();
        long rows = 0;
        long bytes = 0;
        for (BlockGrid.OfTomogram each : BlockGrid.open(root, tomograms, spec.options())) {
            parts.addAll(each.parts());
            rows += each.grid().blocks();
            bytes += spec.reads("data") ? each.grid().bytes() : each.grid().blocks() * ROW_BYTES;
            if (sums != null) {
                sums.add(each.tomogram(), spec.options().level(), each.grid().blocks(), column -> 0);
            }
        }
        return sums == null ? new ScanPlan(parts, OptionalLong.of(rows), OptionalLong.of(bytes)) : computed(sums);
    }

    private static ScanPlan computed(Counting.Sums sums) {
        List<List<Object>> rows = sums.rows();
        return new ScanPlan(
                List.of(new Part.Computed(rows)),
                OptionalLong.of(rows.size()),
                OptionalLong.of((long) rows.size() * ROW_BYTES));
    }
}
