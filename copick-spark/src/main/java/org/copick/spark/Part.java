package org.copick.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.HasPartitionKey;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.unsafe.types.UTF8String;

/** The share of a scan that one task reads. */
@SuppressWarnings("InvalidBlockTag") // Javadoc allows @serial, and lists these records as serializable without it
sealed interface Part extends InputPartition {
    /**
     * Entities of one run.
     *
     * @param run the run's name
     * @param entities the entities
     * @serial exclude
     */
    record OfRun(String run, List<ListedEntity> entities) implements Part, HasPartitionKey {
        public OfRun {
            entities = List.copyOf(entities);
        }

        @Override
        public InternalRow partitionKey() {
            return key(run);
        }
    }

    /**
     * Blocks of one tomogram.
     *
     * @param tomogram the tomogram
     * @param from the first plane
     * @param to the plane after the last one
     * @serial exclude
     */
    record OfTomogram(ListedEntity tomogram, long from, long to) implements Part, HasPartitionKey {
        @Override
        public InternalRow partitionKey() {
            return key(tomogram.run());
        }
    }

    /** The first rows of a table: the task lists runs until it has read as many rows as the limit says. */
    record Limited() implements Part {}

    /**
     * Rows that the driver has computed from the listing.
     *
     * @param rows the values of each row: texts and numbers
     * @serial exclude
     */
    record Computed(List<List<Object>> rows) implements Part {
        public Computed {
            rows = List.copyOf(rows);
        }
    }

    private static InternalRow key(String run) {
        return new GenericInternalRow(new Object[] {UTF8String.fromString(run)});
    }
}
