package org.copick.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Collects what Spark wants of a table, and leaves to Spark what the listing of a project cannot decide. */
final class CopickScanBuilder
        implements SupportsPushDownV2Filters,
                SupportsPushDownRequiredColumns,
                SupportsPushDownLimit,
                SupportsPushDownAggregates {
    /** Largest limit to push down: such a scan has one task, which reads until it has the rows. */
    private static final int LARGEST_LIMIT = 10_000;

    private final SourceOptions options;
    private final Project project;
    private List<String> columns;
    private KeyFilter filter = KeyFilter.ALL;
    private Predicate[] pushed = new Predicate[0];
    private int limit = -1;
    private @Nullable Counting counting;

    CopickScanBuilder(SourceOptions options, Project project) {
        this.options = options;
        this.project = project;
        this.columns = List.of(options.table().schema().fieldNames());
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        List<Predicate> left = new ArrayList<>();
        List<Predicate> taken = new ArrayList<>();
        for (Predicate each : predicates) {
            Optional<KeyFilter> with = Predicates.add(filter, options.table(), each);
            if (with.isPresent()) {
                filter = with.get();
                taken.add(each);
            } else {
                left.add(each);
            }
        }
        pushed = taken.toArray(new Predicate[0]);
        return left.toArray(new Predicate[0]);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.clone();
    }

    @Override
    public boolean supportCompletePushDown(Aggregation aggregation) {
        boolean isListed = options.table().hasRowPerEntity() || options.table() == TableKind.BLOCKS;
        return isListed && Counting.of(options.table(), aggregation).isPresent();
    }

    @Override
    public boolean pushAggregation(Aggregation aggregation) {
        counting = Counting.of(options.table(), aggregation).orElse(null);
        return counting != null;
    }

    @Override
    public boolean pushLimit(int wanted) {
        if (counting != null || wanted > LARGEST_LIMIT) {
            return false;
        }
        limit = wanted;
        return true;
    }

    @Override
    public void pruneColumns(StructType required) {
        columns = Arrays.asList(required.fieldNames());
    }

    @Override
    public Scan build() {
        return new CopickScan(new ScanSpec(project, options, filter, columns, limit, counting));
    }
}
