package org.copick.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/** Reads a STAR file line by line. */
final class StarParser {
    /** Most characters of a line. */
    private static final int LONGEST_LINE = 1 << 20;

    /** Most names of blocks and columns, because names need much more memory than they take in the file. */
    private static final int MOST_NAMES = 50_000;

    /** The position of the parser, that is the part of a block that was read last. */
    private enum State {
        BEFORE_BLOCKS,
        BLOCK,
        PAIRS,
        COLUMNS,
        ROWS
    }

    private final Path file;
    private final TextFile text;
    private final Map<String, Table> blocks = new LinkedHashMap<>();
    private final StringBuilder token = new StringBuilder();
    private final List<String> tokens = new ArrayList<>();
    private boolean firstIsQuoted;
    private long line;
    private int names;

    private State state = State.BEFORE_BLOCKS;
    private String block = "";
    private final List<String> columns = new ArrayList<>();
    private final Set<String> columnNames = new HashSet<>();
    private final List<String> values = new ArrayList<>();
    private final StarRows.Builder rows = new StarRows.Builder();

    private StarParser(Path file, TextFile text) {
        this.file = file;
        this.text = text;
    }

    static Map<String, Table> parse(Path file) {
        try (TextFile text = TextFile.open(file)) {
            StarParser parser = new StarParser(file, text);
            while (text.peek() != TextFile.END) {
                parser.readLine();
                boolean ended = text.peek() == TextFile.END && parser.tokens.equals(List.of(CsvReader.CONTROL_Z));
                if (!parser.tokens.isEmpty() && !ended) {
                    parser.accept();
                }
            }
            parser.finishBlock();
            if (parser.blocks.isEmpty()) {
                throw new CorruptDataException(file + " is not a STAR file: it has no block \"data_…\"");
            }
            return parser.blocks;
        }
    }

    private void readLine() {
        tokens.clear();
        firstIsQuoted = false;
        line = text.line();
        int length = 0;
        for (int c = text.next(); c != '\n' && c != TextFile.END; c = text.next()) {
            if (isSpace(c)) {
                length++;
                checkLength(length);
                continue;
            }
            if (c == '#') {
                skipComment();
                return;
            }
            length += readToken(c, length);
        }
    }

    /** Reads a token that begins with {@code first} and returns its length. */
    private int readToken(int first, int before) {
        token.setLength(0);
        boolean quoted = first == '"' || first == '\'';
        if (!quoted) {
            token.append((char) first);
        } else if (tokens.isEmpty()) {
            firstIsQuoted = true;
        }
        while (true) {
            int c = text.peek();
            if (c == TextFile.END || c == '\n' || c == '\r') {
                if (quoted) {
                    throw corrupt("a quote is not closed in this line");
                }
                break;
            }
            if (!quoted && isSpace(c)) {
                break;
            }
            text.next();
            if (quoted && c == first && endsToken(text.peek())) {
                break;
            }
            token.append((char) c);
            checkLength(before + token.length());
        }
        tokens.add(token.toString());
        return token.length() + 2;
    }

    private static boolean endsToken(int c) {
        return c == TextFile.END || c == '\n' || c == '\r' || isSpace(c);
    }

    /** Returns whether a character separates the cells of a line. */
    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\f' || c == 0x0b;
    }

    private void skipComment() {
        int c = text.next();
        while (c != '\n' && c != TextFile.END) {
            c = text.next();
        }
    }

    private void checkLength(int length) {
        if (length > LONGEST_LINE) {
            throw corrupt(
                    "no line of a table has more than " + LONGEST_LINE + " characters; is this another kind of file?");
        }
    }

    private void accept() {
        String first = firstIsQuoted ? "" : tokens.get(0);
        boolean mayBeRow = state == State.ROWS && tokens.size() > 1;
        if (first.startsWith("data_") && !mayBeRow) {
            if (tokens.size() > 1) {
                throw corrupt("text follows the name of a block");
            }
            startBlock(first.substring(5));
        } else if (first.equals("loop_") && !mayBeRow) {
            startLoop();
        } else if (first.startsWith("_") && state == State.COLUMNS) {
            requireNoRow(first);
            addColumn(first.substring(1));
        } else if (first.startsWith("_") && (state == State.BLOCK || state == State.PAIRS)) {
            addPair(first.substring(1));
        } else {
            addRow();
        }
    }

    private void startBlock(String name) {
        finishBlock();
        if (blocks.containsKey(name)) {
            throw corrupt("there are two blocks data_" + name);
        }
        countName();
        state = State.BLOCK;
        block = name;
        columns.clear();
        columnNames.clear();
        values.clear();
    }

    private void finishBlock() {
        if (state == State.BEFORE_BLOCKS) {
            return;
        }
        boolean loop = state == State.COLUMNS || state == State.ROWS;
        if (!loop && !columns.isEmpty()) {
            rows.add(values, line);
        }
        blocks.put(block, Table.of(file, block, loop, columns, rows.build()));
    }

    private void startLoop() {
        if (state == State.BEFORE_BLOCKS) {
            throw corrupt("a loop begins outside of a block");
        }
        if (state != State.BLOCK) {
            throw new UnsupportedFeatureException(file + ", line " + line + ": data_" + block
                    + " has more than one table; only one per block is supported, as RELION writes");
        }
        if (tokens.size() > 1) {
            throw corrupt("the columns of a loop must be on separate lines");
        }
        state = State.COLUMNS;
    }

    /** Refuses the name of a column that may begin the first row. Some programs write the column's number after it. */
    private void requireNoRow(String first) {
        boolean numbered = tokens.size() == 2 && tokens.get(1).equals(String.valueOf(columns.size() + 1));
        if (tokens.size() > 1 && tokens.size() == columns.size() && !numbered) {
            throw corrupt(first + " may be a column or begin a row; put the first cell of a row in quotes");
        }
    }

    private void addColumn(String name) {
        if (!columnNames.add(name)) {
            throw corrupt("there are two columns _" + name);
        }
        countName();
        columns.add(name);
    }

    private void addPair(String name) {
        if (tokens.size() != 2) {
            throw corrupt("_" + name + " should have one value, but has " + (tokens.size() - 1));
        }
        addColumn(name);
        values.add(tokens.get(1));
        state = State.PAIRS;
    }

    private void addRow() {
        if (state == State.BEFORE_BLOCKS) {
            throw new CorruptDataException(
                    file + " is not a STAR file: line " + line + " is text before the first block \"data_…\"");
        }
        if (state == State.BLOCK || state == State.PAIRS) {
            throw corrupt("a row is not in a loop");
        }
        if (tokens.size() != columns.size()) {
            throw corrupt("there are " + tokens.size() + " cells, but the loop has " + columns.size() + " columns");
        }
        rows.add(tokens, line);
        state = State.ROWS;
    }

    private void countName() {
        if (++names > MOST_NAMES) {
            throw corrupt("no STAR file has more than " + MOST_NAMES + " names of blocks and columns");
        }
    }

    private CorruptDataException corrupt(String what) {
        return new CorruptDataException(file + ", line " + line + ": " + what);
    }
}
