package org.copick.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.copick.picks.PicksDocument;

/** The rows of a picks file, in the order of its points. */
final class PicksRows {
    private PicksRows() {}

    static Iterator<InternalRow> of(PicksDocument document, ListedEntity entity, List<String> columns) {
        return ColumnValues.rows(document.size(), columns, column -> values(document, entity, column));
    }

    private static ColumnValues values(PicksDocument document, ListedEntity entity, String column) {
        return switch (column) {
            case "point" -> row -> row;
            case "x" -> row -> document.point(row).x();
            case "y" -> row -> document.point(row).y();
            case "z" -> row -> document.point(row).z();
            case "transform" ->
                row -> ArrayData.toArrayData(document.point(row).transform().toArray());
            case "score" -> row -> document.point(row).score();
            case "instance_id" -> row -> document.point(row).instanceId();
            default -> ColumnValues.ofKey(entity, column, 0);
        };
    }

    /** Adds the number of points to sums. */
    static void count(PicksDocument document, ListedEntity entity, Counting.Sums sums) {
        sums.add(
                entity,
                0,
                document.size(),
                column -> document.points().stream()
                        .filter(point -> column.equals("score") ? point.score() != null : point.instanceId() != null)
                        .count());
    }
}
