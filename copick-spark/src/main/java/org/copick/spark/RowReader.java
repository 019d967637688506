package org.copick.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;
import org.copick.Root;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one task. Holds one document or one box of voxels at a time. */
final class RowReader implements PartitionReader<InternalRow> {
    private final ScanSpec spec;
    private final OpenProjects.Lease lease;
    private final Iterator<InternalRow> rows;
    /** The number of rows that may still be returned. */
    private long left;

    private @Nullable InternalRow current;

    RowReader(ScanSpec spec, String scan, Part part) {
        this.spec = spec;
        this.left = spec.limit() < 0 ? Long.MAX_VALUE : spec.limit();
        this.lease = OpenProjects.shared().lease(spec.project(), scan);
        this.rows = new Flattened<>(List.of(part).iterator(), this::rows); // reads nothing yet
    }

    private Iterator<InternalRow> rows(Part part) {
        Root root = lease.root();
        if (part instanceof Part.Computed computed) {
            return computed.rows().stream().map(RowReader::row).iterator();
        }
        if (part instanceof Part.OfTomogram blocks) {
            return Blocks.of(root, spec, blocks);
        }
        if (part instanceof Part.OfRun entities) {
            return spec.counting() == null
                    ? new Flattened<>(entities.entities().iterator(), entity -> rows(root, entity))
                    : counts(spec.counting(), entities.entities());
        }
        Iterator<List<ListedEntity>> byRun = new EntityLister(spec.options(), spec.filter()).byRun(root);
        return new Flattened<>(new Flattened<>(byRun, List::iterator), entity -> rows(root, entity));
    }

    private Iterator<InternalRow> rows(Root root, ListedEntity entity) {
        return switch (spec.table()) {
            case PICKS -> PicksRows.of(Documents.picks(root, entity), entity, spec.columns());
            case FILAMENTS -> FilamentRows.of(Documents.filaments(root, entity), entity, spec.columns());
            case SEGMENTATIONS, TOMOGRAMS ->
                Collections.singleton(EntityRows.of(root, entity, spec.columns()))
                        .iterator();
            case BLOCKS ->
                new Flattened<>(
                        BlockGrid.open(root, List.of(entity), spec.options()).stream()
                                .map(BlockGrid.OfTomogram::parts)
                                .flatMap(List::stream)
                                .iterator(),
                        part -> Blocks.of(root, spec, part));
        };
    }

    private Iterator<InternalRow> counts(Counting counting, List<ListedEntity> entities) {
        Counting.Sums sums = counting.new Sums();
        for (ListedEntity each : entities) {
            if (spec.table() == TableKind.PICKS) {
                PicksRows.count(Documents.picks(lease.root(), each), each, sums);
            } else {
                FilamentRows.count(Documents.filaments(lease.root(), each), each, sums);
            }
        }
        return sums.rows().stream().map(RowReader::row).iterator();
    }

    private static InternalRow row(List<Object> values) {
        return new GenericInternalRow(values.stream()
                .map(value -> value instanceof String text ? UTF8String.fromString(text) : value)
                .toArray());
    }

    @Override
    public boolean next() {
        boolean has = left > 0 && rows.hasNext();
        current = has ? rows.next() : null;
        left--;
        return has;
    }

    @Override
    public InternalRow get() {
        if (current == null) {
            throw new IllegalStateException("there is no row; call next() first");
        }
        return current;
    }

    @Override
    public void close() {
        current = null;
        lease.close();
    }
}
