package org.copick.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.copick.Level;
import org.copick.Root;
import org.copick.Volume;
import org.jspecify.annotations.Nullable;

/** The rows of segmentations and tomograms. */
final class EntityRows {
    private EntityRows() {}

    /** Returns the row of an entity. Reads its metadata only if a column needs them. */
    static InternalRow of(Root root, ListedEntity entity, List<String> columns) {
        boolean needsVolume = columns.stream().anyMatch(List.of("levels", "shape", "data_type")::contains);
        Volume volume = needsVolume ? Volumes.open(root, entity) : null;
        return ColumnValues.rows(1, columns, column -> values(volume, entity, column))
                .next();
    }

    private static ColumnValues values(@Nullable Volume volume, ListedEntity entity, String column) {
        if (volume == null) {
            return ColumnValues.ofKey(entity, column, 0);
        }
        Level full = volume.levels().isEmpty() ? null : volume.level(0);
        return switch (column) {
            case "levels" -> row -> volume.levels().size();
            case "shape" -> row -> full == null ? null : ArrayData.toArrayData(full.shape());
            case "data_type" ->
                row -> full == null
                        ? null
                        : UTF8String.fromString(full.dataType().toString());
            default -> ColumnValues.ofKey(entity, column, 0);
        };
    }
}
