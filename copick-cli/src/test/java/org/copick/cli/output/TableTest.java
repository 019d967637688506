package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.copick.cli.output.Table.Cell;
import org.copick.cli.output.Table.Column;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static final Column[] COLUMNS = {Column.text("RUN"), Column.text("NOTE"), Column.number("SIZE")};

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @Test
    void columnsAreAlignedAndEmptyOnesLeftOut() {
        try (Table table = on(false)) {
            table.row("TS_1", "", "9 B");
            table.row("a longer name", "", "12.5 MB");
        }
        assertEquals(List.of("RUN               SIZE", "TS_1               9 B", "a longer name  12.5 MB"), lines());
    }

    @Test
    void aRowEndsWithItsLastValue() {
        try (Table table = on(false)) {
            table.row("a", "note", "");
            table.row("b", "", "");
            table.row("c", "", "1 B");
        }
        assertEquals(List.of("RUN  NOTE  SIZE", "a    note", "b", "c           1 B"), lines());
    }

    @Test
    void namesCannotSendCommandsToTheTerminal() {
        try (Table table = on(true)) {
            table.row(new Cell("\u001b[2J", Style.RED), Cell.of("a\nb"), Cell.of("1 B"));
        }
        assertEquals("\u001b[31m\\u001b[2J\u001b[0m  a\\nb  1 B", lines().get(1).replaceAll(" {3,}", "  "));
        assertTrue(lines().get(0).startsWith("\u001b[1mRUN\u001b[0m"), lines().get(0));
    }

    @Test
    void longListingsArePrintedInPages() {
        try (Table table = on(false)) {
            for (int row = 0; row < 1000; row++) {
                table.row("run", "", "1 B");
            }
            assertEquals(1001, lines().size(), "a page with its headers");
            table.row("a run with a longer name", "now with a note", "1 B");
            assertEquals(1001, lines().size());
        }
        assertEquals("RUN                       NOTE             SIZE", lines().get(1001));
        assertEquals("a run with a longer name  now with a note   1 B", lines().get(1002));
    }

    @Test
    void pipesGetNoTable() {
        assertTrue(Table.on(new PrintWriter(new StringWriter()), COLUMNS).isEmpty());
        Screen screen = new Screen(terminal, terminal, new StandardStreams(false, true, true));
        assertTrue(Table.on(screen.out(), COLUMNS).isEmpty());
    }

    @Test
    void aRowHasOneCellForEachColumn() {
        try (Table table = on(false)) {
            assertThrows(IllegalArgumentException.class, () -> table.row("a", "b"));
        }
    }

    @Test
    void coloursFollowTheEnvironment() {
        assertTrue(StandardStreams.wantsColours(Map.of("TERM", "xterm")));
        assertTrue(StandardStreams.wantsColours(Map.of("NO_COLOR", "")));
        assertFalse(StandardStreams.wantsColours(Map.of("NO_COLOR", "1")));
        assertFalse(StandardStreams.wantsColours(Map.of("TERM", "dumb")));
        assertEquals(132, StandardStreams.columns("132"));
        for (String unknown : List.of("", "0", "wide", "-5")) {
            assertEquals(80, StandardStreams.columns(unknown));
        }
    }

    private Table on(boolean colours) {
        Screen screen = new Screen(terminal, terminal, new StandardStreams(true, true, false, 80, colours));
        return Table.on(screen.out(), COLUMNS).orElseThrow();
    }

    private List<String> lines() {
        return terminal.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
