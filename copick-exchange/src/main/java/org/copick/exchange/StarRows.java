package org.copick.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cells of a table as packed text.
 *
 * <p>It needs little more memory than the text itself; a string per cell would need ten times as much.
 */
final class StarRows {
    private static final int ROWS_OF_PAGE = 1024;
    private static final int BYTES_OF_PAGE = 1 << 15;

    /**
     * A page of rows.
     *
     * @param bytes every cell as its length, seven bits per byte with the lowest first, followed by its UTF-8 bytes
     * @param starts the offset of each row in the bytes
     * @param lines the line of each row, relative to the first one of the page
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Page(byte[] bytes, char[] starts, char[] lines, int firstRow, long firstLine) {}

    /** Handles the cells of a column. */
    @FunctionalInterface
    interface CellAction {
        /**
         * Handles one cell.
         *
         * @param row the row, counted from 0
         * @param line the line in the file, or 0 for tables without a file
         * @param cell the cell's text
         */
        void at(int row, long line, String cell);
    }

    /** Handles rows. */
    @FunctionalInterface
    interface RowAction<E extends Exception> {
        /**
         * Handles one row.
         *
         * @param cells the cells; the list is reused for the next row
         */
        void at(List<String> cells) throws E;
    }

    /** Packs rows. Can be reused for another table after {@link #build}. */
    static final class Builder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final char[] starts = new char[ROWS_OF_PAGE];
        private final char[] lines = new char[ROWS_OF_PAGE];
        private List<Page> pages = new ArrayList<>();
        private long firstLine;
        private int rowsOfPage;
        private int rows;

        /** Adds a row with its line in the file, or with line 0 if there is no file. */
        void add(List<String> cells, long line) {
            if (rowsOfPage == ROWS_OF_PAGE
                    || bytes.size() >= BYTES_OF_PAGE
                    || (rowsOfPage > 0 && line - firstLine > Character.MAX_VALUE)) {
                finishPage();
            }
            if (rowsOfPage == 0) {
                firstLine = line;
            }
            starts[rowsOfPage] = (char) bytes.size();
            lines[rowsOfPage] = (char) (line - firstLine);
            for (String cell : cells) {
                byte[] text = cell.getBytes(StandardCharsets.UTF_8);
                int length = text.length;
                for (; length > 0x7f; length >>>= 7) {
                    bytes.write(length | 0x80);
                }
                bytes.write(length);
                bytes.write(text, 0, text.length);
            }
            rowsOfPage++;
            rows++;
        }

        private void finishPage() {
            pages.add(new Page(
                    bytes.toByteArray(),
                    Arrays.copyOf(starts, rowsOfPage),
                    Arrays.copyOf(lines, rowsOfPage),
                    rows - rowsOfPage,
                    firstLine));
            bytes.reset();
            rowsOfPage = 0;
        }

        /** Returns the rows added so far. The next row starts another table. */
        StarRows build() {
            if (rowsOfPage > 0) {
                finishPage();
            }
            StarRows built = new StarRows(List.copyOf(pages), rows);
            pages = new ArrayList<>();
            rows = 0;
            return built;
        }
    }

    private final List<Page> pages;
    private final int size;

    private StarRows(List<Page> pages, int size) {
        this.pages = pages;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Visits the cells of one column. */
    void forEach(int column, CellAction action) {
        Cursor cursor = new Cursor();
        for (Page page : pages) {
            for (int i = 0; i < page.starts.length; i++) {
                cursor.to(page, i);
                for (int skipped = 0; skipped < column; skipped++) {
                    cursor.skip();
                }
                action.at(page.firstRow + i, page.firstLine + page.lines[i], cursor.next());
            }
        }
    }

    /** Visits all rows. */
    <E extends Exception> void forEachRow(int columns, RowAction<E> action) throws E {
        Cursor cursor = new Cursor();
        List<String> cells = new ArrayList<>(columns);
        for (Page page : pages) {
            for (int i = 0; i < page.starts.length; i++) {
                cursor.to(page, i);
                cells.clear();
                for (int column = 0; column < columns; column++) {
                    cells.add(cursor.next());
                }
                action.at(cells);
            }
        }
    }

    /** A position among the cells of a row. */
    private static final class Cursor {
        private byte[] bytes = {};
        private int at;
        private String last = "";
        private byte[] lastBytes = {};

        void to(Page page, int row) {
            bytes = page.bytes;
            at = page.starts[row];
        }

        private int length() {
            int length = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                length |= (b & 0x7f) << shift;
                if (b >= 0) {
                    return length;
                }
            }
        }

        void skip() {
            int length = length();
            at += length;
        }

        /** Returns the text of the cell. Equal neighbours share one string. */
        String next() {
            int length = length();
            if (!Arrays.equals(bytes, at, at + length, lastBytes, 0, lastBytes.length)) {
                lastBytes = Arrays.copyOfRange(bytes, at, at + length);
                last = new String(lastBytes, StandardCharsets.UTF_8);
            }
            at += length;
            return last;
        }
    }
}
