package org.copick.exchange;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/** The tables of a STAR file, as RELION and Python's starfile write them. Immutable. */
public final class StarFile {
    /** Largest file to read, in bytes. */
    private static final long LARGEST = 1L << 30;

    private final Map<String, Table> blocks;

    private StarFile(Map<String, Table> blocks) {
        this.blocks = blocks;
    }

    /**
     * Reads a file. Each block has one loop with a row per line, or one value per key.
     *
     * @param file the path of the file
     * @return the tables of the file, all in memory
     * @throws org.copick.error.NotFoundException if there is no such file
     * @throws CorruptDataException for rows with more or fewer cells than there are columns, quotes that are not
     *     closed, names that appear twice, and text outside of blocks; the message names the line
     * @throws UnsupportedFeatureException for files of more than 1 GiB or a quarter of the largest heap, and for blocks
     *     with more than one table
     */
    public static StarFile read(Path file) {
        try {
            long size = Files.size(file);
            long most = Math.min(LARGEST, Runtime.getRuntime().maxMemory() / 4);
            if (size > most) {
                throw new UnsupportedFeatureException(
                        "cannot read " + file + ": it has " + size + " bytes, but at most " + most + " can be read"
                                + (most < LARGEST ? "; give Java more memory with -Xmx" : ""));
            }
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        }
        return of(StarParser.parse(file));
    }

    /**
     * {@return a file of tables}
     *
     * @param blocks the tables by the names of their blocks without {@code data_}, written in the map's order
     * @throws IllegalArgumentException if there are no blocks, or a name contains spaces
     */
    public static StarFile of(Map<String, Table> blocks) {
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("a STAR file has at least one block");
        }
        blocks.keySet().forEach(Table::checkName);
        return new StarFile(Collections.unmodifiableMap(new LinkedHashMap<>(blocks)));
    }

    /** {@return the blocks by their names without {@code data_}, in the order of the file} */
    public Map<String, Table> blocks() {
        return blocks;
    }

    /**
     * {@return the block with a name; empty if there is none}
     *
     * @param name the name without {@code data_}, such as {@code particles}
     */
    public Optional<Table> block(String name) {
        return Optional.ofNullable(blocks.get(name));
    }

    /**
     * Writes the blocks, and replaces an existing file.
     *
     * @param file the path of the file
     * @throws UnsupportedFeatureException for cells that STAR cannot hold: with several lines, with NUL, or with
     *     quotes of both kinds as well as spaces
     * @throws org.copick.error.AlreadyExistsException if {@code file} exists and is not a regular file
     */
    public void write(Path file) {
        ReplacedFile.write(file, channel -> {
            Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), 1 << 16);
            writer.write("# Created by copick for Java\n\n\n");
            for (Map.Entry<String, Table> block : blocks.entrySet()) {
                writer.write("data_" + block.getKey() + "\n\n");
                write(writer, block.getValue(), file);
                writer.write("\n\n");
            }
            writer.flush();
        });
    }

    private static void write(Writer writer, Table table, Path file) throws IOException {
        List<String> columns = table.columns();
        if (!table.isLoop()) {
            table.cells().<IOException>forEachRow(columns.size(), cells -> {
                for (int i = 0; i < columns.size(); i++) {
                    writer.write("_" + columns.get(i) + "\t\t\t" + quoted(cells.get(i), file) + "\n");
                }
            });
            return;
        }
        writer.write("loop_\n");
        for (int i = 0; i < columns.size(); i++) {
            writer.write("_" + columns.get(i) + " #" + (i + 1) + "\n");
        }
        table.cells().<IOException>forEachRow(columns.size(), cells -> {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    writer.write('\t');
                }
                writer.write(quoted(cells.get(i), file));
            }
            writer.write('\n');
        });
    }

    private static String quoted(String cell, Path file) {
        if (isPlain(cell)) {
            return cell;
        }
        for (char quote : new char[] {'"', '\''}) {
            if (!cannotBeRead(cell) && cell.chars().noneMatch(c -> c == quote)) {
                return quote + cell + quote;
            }
        }
        throw new UnsupportedFeatureException("cannot write " + file + ": STAR cannot hold the cell \"" + cell
                + "\", which has a line break, NUL or quotes of both kinds in it; rename it");
    }

    private static boolean cannotBeRead(String cell) {
        return cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0 || cell.indexOf('\0') >= 0;
    }

    private static boolean isPlain(String cell) {
        return !cell.isEmpty()
                && "\"'#_".indexOf(cell.charAt(0)) < 0
                && !cell.startsWith("data_")
                && !cell.equals("loop_")
                && cell.chars().noneMatch(c -> c <= ' ');
    }
}
