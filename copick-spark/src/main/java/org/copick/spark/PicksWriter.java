package org.copick.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.copick.Root;
import org.copick.entity.EntityKey;
import org.copick.error.InvalidDataException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one task, which are sorted by file. Holds the points of one file at a time. */
final class PicksWriter implements DataWriter<InternalRow> {
    private final OpenProjects.Lease lease;
    private final SourceOptions options;
    private final WrittenColumns columns;
    private final PicksFiles files;
    private final Set<EntityKey.Picks> written = new HashSet<>();
    private EntityKey.@Nullable Picks current;
    private List<Point> points = new ArrayList<>();
    private @Nullable Long lastPoint;

    PicksWriter(OpenProjects.Lease lease, SourceOptions options, WrittenColumns columns) {
        this.lease = lease;
        this.options = options;
        this.columns = columns;
        this.files = new PicksFiles(lease.root(), options.onExisting());
    }

    /** Tells the driver that a task has written its files. */
    private record Written() implements WriterCommitMessage {}

    @Override
    public void write(InternalRow row) {
        EntityKey.Picks file = file(row);
        if (!file.equals(current)) {
            flush();
            if (!written.add(file)) {
                throw new IllegalStateException("the rows of " + file + " are not sorted");
            }
            current = file;
        }
        checkNumber(row, file);
        points.add(point(row, file));
    }

    private EntityKey.Picks file(InternalRow row) {
        Root root = lease.root();
        return new EntityKey.Picks(
                columns.text(row, "run"),
                columns.text(row, "object"),
                columns.has("user")
                        ? columns.text(row, "user")
                        : options.user() != null
                                ? options.user()
                                : root.userId().orElseThrow(),
                columns.has("session")
                        ? columns.text(row, "session")
                        : options.session() != null
                                ? options.session()
                                : root.sessionId().orElseThrow());
    }

    /** Checks that point numbers are there and different, because the order of points would be arbitrary otherwise. */
    private void checkNumber(InternalRow row, EntityKey.Picks file) {
        if (!columns.has("point")) {
            return;
        }
        Long number = columns.whole(row, "point");
        if (number == null || number.equals(lastPoint)) {
            throw new InvalidDataException("cannot write " + file + ": "
                    + (number == null ? "column point is null in a row" : "two rows have point " + number)
                    + "; number the points of each file differently, or drop the column point");
        }
        lastPoint = number;
    }

    private Point point(InternalRow row, EntityKey.Picks file) {
        double[] transform = columns.has("transform") ? columns.transform(row) : null;
        try {
            return new Point(
                    coordinate(row, "x", file),
                    coordinate(row, "y", file),
                    coordinate(row, "z", file),
                    transform == null ? Transform.IDENTITY : Transform.of(transform),
                    columns.has("instance_id") ? columns.whole(row, "instance_id") : (Long) 0L,
                    columns.has("score") ? columns.number(row, "score") : (Double) 1.0,
                    Map.of());
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private double coordinate(InternalRow row, String column, EntityKey.Picks file) {
        Double value = columns.number(row, column);
        if (value == null) {
            throw new InvalidDataException(
                    "cannot write " + file + ": column " + column + " is null in a row; drop the row or fill it");
        }
        return value;
    }

    private void flush() {
        if (current != null) {
            files.write(Objects.requireNonNull(current), points);
        }
        current = null;
        points = new ArrayList<>();
        lastPoint = null;
    }

    @Override
    public WriterCommitMessage commit() {
        flush();
        return new Written();
    }

    /** Drops the points that have not been written. Files that have been written are complete and stay. */
    @Override
    public void abort() {
        current = null;
        points = new ArrayList<>();
    }

    @Override
    public void close() {
        lease.close();
    }
}
