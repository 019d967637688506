package org.copick.exchange;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.picks.Point;

/**
 * Points in copick's own CSV, one row per point, in Å.
 *
 * <p>The header is {@code run_name, x, y, z, transform_00, …, transform_33, score, instance_id}. Run names are text:
 * {@code 001} stays {@code 001}. Ids are exact to 64 bits, and numbers are read back exactly. Unknown keys of points
 * cannot be stored.
 */
public final class PicksCsv {
    private PicksCsv() {}

    /**
     * Reads the points of each run, in the order of the file. All are held in memory; {@link #forEach} holds one.
     *
     * @param file the path of the file
     * @return the points by the name of their run, which is empty for rows without a run
     * @throws CorruptDataException in the cases of {@link #forEach}
     * @throws org.copick.error.NotFoundException if there is no such file
     */
    public static Map<String, List<Point>> read(Path file) {
        return read(file, false);
    }

    /**
     * Reads the points of each run, but refuses a file in which only some rows have a run.
     *
     * @param file the path of the file
     * @return the points by the name of their run; all under an empty name if no row has a run
     * @throws CorruptDataException for such a file, naming the first line without a run, and in the cases of {@link
     *     #forEach}
     * @throws org.copick.error.NotFoundException if there is no such file
     */
    public static Map<String, List<Point>> readNamed(Path file) {
        return read(file, true);
    }

    private static Map<String, List<Point>> read(Path file, boolean named) {
        Map<String, List<Point>> runs = new LinkedHashMap<>();
        forEach(
                file,
                named,
                (run, point) ->
                        runs.computeIfAbsent(run, name -> new ArrayList<>()).add(point));
        return runs;
    }

    /**
     * Reads a file point by point.
     *
     * <p>Columns may be in any order, and unknown ones are skipped. Missing columns of transforms have the elements of
     * the identity. Without their columns, the score is 1, the instance 0 and the run's name empty. An empty score
     * cell gives a point without a score, an empty instance cell gives instance 0. Rows without any text are skipped.
     *
     * <p>Tables of spreadsheets are supported: with semicolons or tabs, with Excel's line {@code sep=;}, in UTF-8 or
     * in UTF-16 with a byte order mark, with decimal commas and separators of thousands. All numbers of the file
     * together determine the meaning of commas and points; a file with such numbers is read twice.
     *
     * @param file the path of the file
     * @param each receives a run's name and a point of it
     * @throws org.copick.error.NotFoundException if there is no such file
     * @throws CorruptDataException if x, y or z is missing, a row has more or fewer cells than the header, a cell is
     *     not a finite number (scores may be infinite or NaN), the decimal mark of a number is ambiguous, or the last
     *     row of a transform is not 0, 0, 0, 1; the message names the line
     */
    public static void forEach(Path file, BiConsumer<String, Point> each) {
        forEach(file, false, each);
    }

    private static void forEach(Path file, boolean named, BiConsumer<String, Point> each) {
        try (CsvReader rows = CsvReader.open(file, PicksCsvRow.REQUIRED)) {
            List<String> names = rows.next();
            if (names.isEmpty()) {
                throw new CorruptDataException(file + " is empty: a header with x, y and z is missing");
            }
            PicksCsvRow row = new PicksCsvRow(file, List.copyOf(names), rows.delimiter(), named);
            for (List<String> cells = rows.next(); !cells.isEmpty(); cells = rows.next()) {
                row.accept(cells, rows.line(), each);
            }
        }
    }

    /**
     * Writes the points of several runs, and replaces an existing file.
     *
     * <p>A point without a score gets an empty cell, one without an instance gets 0.
     *
     * @param file the path of the file
     * @param runs the points by the name of their run, written in the map's order
     * @throws UnsupportedFeatureException for a name with a carriage return or NUL, which cannot be read back
     * @throws org.copick.error.AlreadyExistsException if {@code file} exists and is not a regular file
     */
    public static void write(Path file, Map<String, ? extends Iterable<Point>> runs) {
        ReplacedFile.write(file, channel -> {
            Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), 1 << 16);
            writer.write(String.join(",", PicksCsvRow.COLUMNS) + "\n");
            StringBuilder row = new StringBuilder();
            for (Map.Entry<String, ? extends Iterable<Point>> run : runs.entrySet()) {
                String name = quoted(run.getKey(), file);
                for (Point point : run.getValue()) {
                    row.setLength(0);
                    write(writer, append(row.append(name), point));
                }
            }
            writer.flush();
        });
    }

    private static void write(Writer writer, StringBuilder row) throws IOException {
        writer.append(row).write('\n');
    }

    private static StringBuilder append(StringBuilder row, Point point) {
        append(append(append(row, point.x()), point.y()), point.z());
        for (double element : point.transform().toArray()) {
            append(row, element);
        }
        Double score = point.score();
        if (score == null) {
            row.append(',');
        } else {
            append(row, score);
        }
        Long instance = point.instanceId();
        return row.append(',').append(instance == null ? 0 : instance);
    }

    private static StringBuilder append(StringBuilder row, double number) {
        return row.append(',').append(DecimalText.toString(number));
    }

    private static String quoted(String text, Path file) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
            throw new UnsupportedFeatureException("cannot write " + file + ": CSV cannot hold the run name \"" + text
                    + "\", which has a carriage return or NUL in it; rename the run");
        }
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.equals(text.strip())
                && !text.isEmpty();
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
