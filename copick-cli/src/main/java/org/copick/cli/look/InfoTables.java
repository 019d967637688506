package org.copick.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Style;
import org.copick.cli.output.Table;
import org.copick.cli.output.Table.Cell;
import org.copick.cli.output.Table.Column;

/** The description of a project as tables, for a terminal. */
final class InfoTables {
    private InfoTables() {}

    /** Prints the tables if the writer prints on a terminal, and returns whether it does. */
    static boolean print(ObjectNode info, PrintWriter out) {
        Optional<Table> layers = Table.on(
                out, Column.text("LAYER"), Column.text("ACCESS"), Column.text("LOCATION"), Column.text("ENDPOINT"));
        if (layers.isEmpty()) {
            return false;
        }
        JsonNode description = info.path("description");
        out.println(info.path("name").asText() + (description.isTextual() ? " — " + description.asText() : ""));
        long runs = info.path("runs").asLong();
        out.println(runs + (runs == 1 ? " run" : " runs"));
        out.println();
        try (Table table = layers.get()) {
            info.path("layers").forEach(layer -> table.row(layer(layer)));
        }
        section(
                out,
                info.path("portal_runs"),
                run -> cells(run.path("run").asText(), PortalNames.text(run)),
                Column.text("RUN"),
                Column.text("PORTAL"));
        section(
                out,
                info.path("objects"),
                InfoTables::object,
                Column.text("OBJECT"),
                Column.number("LABEL"),
                Column.text("KIND"),
                Column.number("RADIUS"),
                Column.text("DENSITY MAP"));
        section(
                out,
                info.path("contents"),
                InfoTables::contents,
                Column.text("LAYER"),
                Column.text("CONTENT"),
                Column.number("COUNT"),
                Column.number("SIZE"));
        section(out, info.path("storage"), InfoTables::storage, Column.text("INSTALLED STORAGE"), Column.text("OPENS"));
        out.println();
        out.println("Backends: " + String.join(", ", texts(info.path("backends"))));
        return true;
    }

    private interface Row {
        Cell[] of(JsonNode node);
    }

    private static void section(PrintWriter out, JsonNode nodes, Row row, Column... columns) {
        if (!nodes.isEmpty()) {
            out.println();
            try (Table table = Table.on(out, columns).orElseThrow()) {
                nodes.forEach(node -> table.row(row.of(node)));
            }
        }
    }

    private static Cell[] layer(JsonNode layer) {
        boolean readOnly = layer.path("read_only").asBoolean();
        return new Cell[] {
            Cell.of(layer.path("name").asText()),
            readOnly ? new Cell("read-only", Style.FAINT) : new Cell("writable", Style.GREEN),
            Cell.of(layer.path("location").asText()),
            Cell.of(layer.path("endpoint").asText(""))
        };
    }

    private static Cell[] object(JsonNode object) {
        JsonNode radius = object.path("radius");
        return cells(
                object.path("name").asText(),
                text(object.path("label")),
                object.path("kind").asText(),
                radius.isNull() ? "" : radius.asText().replaceFirst("\\.0$", "") + " Å",
                text(object.path("density_map")));
    }

    private static Cell[] contents(JsonNode contents) {
        long count = contents.path("count").asLong();
        return cells(
                contents.path("layer").asText(),
                contents.path("kind").asText().replace('_', ' '),
                Long.toString(count),
                Printable.bytes(contents.path("bytes").asLong()));
    }

    private static Cell[] storage(JsonNode storage) {
        return cells(storage.path("name").asText(), String.join(", ", texts(storage.path("schemes"))));
    }

    private static Cell[] cells(String... texts) {
        return List.of(texts).stream().map(Cell::of).toArray(Cell[]::new);
    }

    private static String text(JsonNode node) {
        return node.isNull() ? "" : node.asText();
    }

    private static List<String> texts(JsonNode nodes) {
        return nodes.valueStream().map(JsonNode::asText).toList();
    }
}
