package org.copick.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An aligned table with headers, for a terminal. Columns without any value are left out.
 *
 * <p>Rows are laid out and printed in pages, so that a listing of any length needs little memory. Not thread-safe.
 */
public final class Table implements AutoCloseable {
    private static final int ROWS_OF_A_PAGE = 1000;
    private static final String GAP = "  ";

    private final Screen screen;
    private final List<Column> columns;
    private final int[] widths;
    private final boolean[] headed;
    private final List<Cell[]> page = new ArrayList<>();

    private Table(Screen screen, Column... columns) {
        this.screen = screen;
        this.columns = List.of(columns);
        this.widths = new int[columns.length];
        this.headed = new boolean[columns.length];
    }

    /** Starts a table if the writer prints on a terminal. */
    public static Optional<Table> on(PrintWriter out, Column... columns) {
        return Screen.of(out).filter(Screen::showsOutput).map(screen -> new Table(screen, columns));
    }

    /**
     * A column of a table.
     *
     * @param header the text above the column
     * @param isNumber whether the cells are aligned at the right
     */
    public record Column(String header, boolean isNumber) {
        public static Column text(String header) {
            return new Column(header, false);
        }

        public static Column number(String header) {
            return new Column(header, true);
        }
    }

    /** A text in a style. */
    public record Cell(String text, Style style) {
        public Cell {
            text = Printable.line(text);
        }

        public static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }

        int width() {
            return text.codePointCount(0, text.length());
        }
    }

    /** Adds a row of unstyled cells, one for each column. */
    public void row(String... cells) {
        row(Stream.of(cells).map(Cell::of).toArray(Cell[]::new));
    }

    /** Adds a row with one cell for each column. */
    public void row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        page.add(cells.clone());
        if (page.size() == ROWS_OF_A_PAGE) {
            print();
        }
    }

    /** Prints the remaining rows. */
    @Override
    public void close() {
        print();
    }

    private void print() {
        if (page.isEmpty()) {
            return;
        }
        boolean newHeader = false;
        for (int column = 0; column < widths.length; column++) {
            int widest = widest(column);
            if (widest > 0 && !headed[column]) {
                headed[column] = true;
                newHeader = true;
                widest = Math.max(widest, columns.get(column).header().length());
            }
            widths[column] = Math.max(widths[column], widest);
        }
        StringBuilder lines = new StringBuilder();
        if (newHeader) {
            append(
                    lines,
                    columns.stream()
                            .map(column -> new Cell(column.header(), Style.BOLD))
                            .toArray(Cell[]::new));
        }
        page.forEach(row -> append(lines, row));
        page.clear();
        screen.printTrusted(lines.toString());
    }

    private int widest(int column) {
        return page.stream().mapToInt(row -> row[column].width()).max().orElse(0);
    }

    private void append(StringBuilder line, Cell... row) {
        int blanks = 0;
        for (int column = 0; column < row.length; column++) {
            if (!headed[column]) {
                continue;
            }
            Cell cell = row[column];
            int missing = widths[column] - cell.width();
            boolean right = columns.get(column).isNumber();
            if (!cell.text().isEmpty()) {
                line.append(" ".repeat(blanks + (right ? missing : 0)))
                        .append(screen.styled(cell.text(), cell.style()));
                blanks = right ? 0 : missing;
            } else {
                blanks += widths[column];
            }
            blanks += GAP.length();
        }
        line.append(System.lineSeparator());
    }
}
