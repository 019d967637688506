package org.copick.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;

/** The rows of a filaments file: the vertices of one filament after the other. */
final class FilamentRows {
    private FilamentRows() {}

    static Iterator<InternalRow> of(FilamentsDocument document, ListedEntity entity, List<String> columns) {
        Iterator<Integer> numbers = java.util.stream.IntStream.range(
                        0, document.filaments().size())
                .boxed()
                .iterator();
        return new Flattened<>(numbers, number -> {
            Filament filament = document.filaments().get(number);
            return ColumnValues.rows(
                    filament.points().size(), columns, column -> values(filament, number, entity, column));
        });
    }

    private static ColumnValues values(Filament filament, int number, ListedEntity entity, String column) {
        return switch (column) {
            case "filament" -> row -> number;
            case "point" -> row -> row;
            case "x" -> row -> filament.points().x(row);
            case "y" -> row -> filament.points().y(row);
            case "z" -> row -> filament.points().z(row);
            case "instance_id" -> row -> filament.instanceId();
            case "polarity_known" -> row -> filament.polarityKnown();
            case "score" -> row -> filament.score();
            case "radius" -> row -> filament.radius();
            default -> ColumnValues.ofKey(entity, column, 0);
        };
    }

    /** Adds the number of vertices to sums. */
    static void count(FilamentsDocument document, ListedEntity entity, Counting.Sums sums) {
        sums.add(
                entity,
                0,
                vertices(document.filaments()),
                column -> vertices(document.filaments().stream()
                        .filter(filament -> filament.radius() != null)
                        .toList()));
    }

    private static long vertices(List<Filament> filaments) {
        return filaments.stream()
                .mapToLong(filament -> filament.points().size())
                .sum();
    }
}
