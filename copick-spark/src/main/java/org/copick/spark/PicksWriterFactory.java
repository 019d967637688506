package org.copick.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;

/**
 * Creates the writers of picks on the executors.
 *
 * @param project the project
 * @param options the options of the write
 * @param columns the columns of the rows
 * @param id the id of the write, whose tasks share an open project
 */
record PicksWriterFactory(Project project, SourceOptions options, WrittenColumns columns, String id)
        implements DataWriterFactory {
    @Override
    public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
        return new PicksWriter(OpenProjects.shared().lease(project, id), options, columns);
    }
}
