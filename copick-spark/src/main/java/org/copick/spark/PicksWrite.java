package org.copick.spark;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * A write of picks. Each file is written by one task, which gets its rows one after the other.
 *
 * <p>A task writes a file as a whole when it has all its rows, so there is nothing to commit or abort: no reader sees
 * part of a file. A repeated task finds the files of the earlier attempt and compares them with its own.
 */
final class PicksWrite implements Write, BatchWrite, RequiresDistributionAndOrdering {
    private final PicksWriterFactory factory;

    PicksWrite(Project project, SourceOptions options, WrittenColumns columns) {
        this.factory = new PicksWriterFactory(
                project, options, columns, UUID.randomUUID().toString());
    }

    @Override
    public String description() {
        return "copick picks";
    }

    @Override
    public BatchWrite toBatch() {
        return this;
    }

    @Override
    public Distribution requiredDistribution() {
        return Distributions.clustered(
                Arrays.stream(fileColumns()).map(Expressions::column).toArray(Expression[]::new));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The order within a file is that of the points. Without point numbers it is that of all other columns, so that
     * a repeated task writes the same file.
     */
    @Override
    public SortOrder[] requiredOrdering() {
        WrittenColumns columns = factory.columns();
        String[] ofPoints = columns.has("point")
                ? new String[] {"point"}
                : columns.among("z", "y", "x", "score", "instance_id", "transform");
        return Stream.concat(Arrays.stream(fileColumns()), Arrays.stream(ofPoints))
                .map(column -> Expressions.sort(Expressions.column(column), SortDirection.ASCENDING))
                .toArray(SortOrder[]::new);
    }

    private String[] fileColumns() {
        return factory.columns().among("run", "object", "user", "session");
    }

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
        return factory;
    }

    @Override
    public boolean useCommitCoordinator() {
        return true;
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {}

    /** Does nothing: the files of tasks that ended are complete, and a repeated write finds them. */
    @Override
    public void abort(WriterCommitMessage[] messages) {}
}
