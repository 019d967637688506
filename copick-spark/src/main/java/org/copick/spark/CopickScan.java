package org.copick.spark;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportPartitioning;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.partitioning.KeyGroupedPartitioning;
import org.apache.spark.sql.connector.read.partitioning.Partitioning;
import org.apache.spark.sql.connector.read.partitioning.UnknownPartitioning;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A read of a table. The driver lists the project once, when Spark first asks for partitions or statistics. */
final class CopickScan implements Scan, Batch, SupportsReportPartitioning, SupportsReportStatistics {
    private final ScanSpec spec;
    private final String id = UUID.randomUUID().toString();
    private @Nullable ScanPlan plan;

    CopickScan(ScanSpec spec) {
        this.spec = spec;
    }

    private synchronized ScanPlan plan() {
        if (plan == null) {
            plan = ScanPlan.of(spec, id);
        }
        return plan;
    }

    @Override
    public StructType readSchema() {
        if (spec.counting() != null) {
            return spec.counting().schema(spec.table());
        }
        StructType schema = spec.table().schema();
        return new StructType(spec.columns().stream().map(schema::apply).toArray(StructField[]::new));
    }

    @Override
    public String description() {
        return spec.toString();
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return plan().parts().toArray(new InputPartition[0]);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new RowReaderFactory(spec, id);
    }

    @Override
    public Partitioning outputPartitioning() {
        List<Part> parts = plan().parts();
        boolean byRun = !parts.isEmpty()
                && parts.stream().allMatch(part -> part instanceof Part.OfRun || part instanceof Part.OfTomogram)
                && spec.counting() == null;
        return byRun
                ? new KeyGroupedPartitioning(new Expression[] {Expressions.identity("run")}, parts.size())
                : new UnknownPartitioning(parts.size());
    }

    @Override
    public Statistics estimateStatistics() {
        ScanPlan known = plan();
        return new Statistics() {
            @Override
            public OptionalLong sizeInBytes() {
                return known.bytes();
            }

            @Override
            public OptionalLong numRows() {
                return known.rows();
            }
        };
    }

    /** Returns whether the other scan reads the same, so that Spark can read once for both. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CopickScan that && spec.equals(that.spec);
    }

    @Override
    public int hashCode() {
        return spec.hashCode();
    }

    @Override
    public String toString() {
        return "CopickScan[" + spec + ", columns "
                + Arrays.toString(readSchema().fieldNames()) + "]";
    }
}
