package org.copick.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * Creates the readers of a scan on the executors.
 *
 * @param spec what to read
 * @param scan the id of the scan, whose tasks share an open project
 */
record RowReaderFactory(ScanSpec spec, String scan) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return new RowReader(spec, scan, (Part) partition);
    }
}
