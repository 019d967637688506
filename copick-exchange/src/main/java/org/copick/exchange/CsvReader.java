package org.copick.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CorruptDataException;

/** Reads a file of values separated by commas, semicolons or tabs, quoted as in RFC 4180, row by row. */
final class CsvReader implements AutoCloseable {
    /** Most characters of a row. Without a limit, a forgotten quote would make one row of the whole file. */
    private static final int LONGEST_ROW = 1 << 20;

    /** The end-of-file character of DOS, which its copies leave in files. */
    static final String CONTROL_Z = "\u001a";

    private final Path file;
    private final TextFile text;
    private final char delimiter;
    private final StringBuilder cell = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private long line;
    private int length;

    private CsvReader(Path file, TextFile text, char delimiter) {
        this.file = file;
        this.text = text;
        this.delimiter = delimiter;
    }

    /**
     * Opens a file and determines its delimiter.
     *
     * @param names columns that the header must have
     */
    static CsvReader open(Path file, List<String> names) {
        TextFile text = TextFile.open(file);
        try {
            CsvDialect dialect = CsvDialect.of(text.lookAhead(), names);
            CsvReader reader = new CsvReader(file, text, dialect.delimiter());
            if (dialect.hintLine()) {
                reader.next();
            }
            text = null;
            return reader;
        } finally {
            if (text != null) {
                text.close();
            }
        }
    }

    /** Returns the character between the cells. */
    char delimiter() {
        return delimiter;
    }

    /** Returns the line at which the row begins, counted from 1. */
    long line() {
        return line;
    }

    /**
     * Returns the cells of the next row, empty at the end. Empty lines are skipped.
     *
     * <p>The list is reused for the following row.
     */
    List<String> next() {
        while (text.peek() == '\n' || text.peek() == '\r') {
            text.next();
        }
        cells.clear();
        line = text.line();
        length = 0;
        if (text.peek() != TextFile.END) {
            while (readCell()) {
                // reads on: another cell follows
            }
            if (text.peek() == TextFile.END) {
                dropControlZ();
            }
        }
        return cells;
    }

    private void dropControlZ() {
        int last = cells.size() - 1;
        if (cells.get(last).endsWith(CONTROL_Z)) {
            cells.set(last, cells.get(last).substring(0, cells.get(last).length() - 1));
            if (last == 0 && cells.get(0).isEmpty()) {
                cells.clear();
            }
        }
    }

    private boolean readCell() {
        cell.setLength(0);
        int end = text.peek() == '"' ? readQuoted() : readPlain();
        cells.add(cell.toString());
        return end == delimiter;
    }

    private int readPlain() {
        for (int c = text.next(); ; c = text.next()) {
            if (c == delimiter || c == '\n' || c == TextFile.END) {
                count();
                return c;
            }
            append(c);
        }
    }

    private int readQuoted() {
        text.next();
        for (int c = text.next(); ; c = text.next()) {
            if (c == TextFile.END) {
                throw new CorruptDataException(file + ", line " + line + ": a quote is not closed in this row");
            }
            if (c != '"') {
                append(c);
            } else if (text.peek() == '"') {
                append(text.next());
            } else {
                int end = text.next();
                if (end != delimiter && end != '\n' && end != TextFile.END) {
                    throw new CorruptDataException(file + ", line " + line
                            + ": text follows a closing quote; inside quotes, write each quote twice");
                }
                count();
                return end;
            }
        }
    }

    private void append(int c) {
        cell.append((char) c);
        count();
    }

    private void count() {
        if (++length > LONGEST_ROW) {
            throw new CorruptDataException(file + ", line " + line + ": no row of a table has more than " + LONGEST_ROW
                    + " characters; is a quote not closed, or is this another kind of file?");
        }
    }

    @Override
    public void close() {
        text.close();
    }
}
