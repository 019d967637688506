package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.copick.cli.output.Table;

/** Statistics as text: tables on a terminal, else aligned lines. */
final class StatsText {
    private StatsText() {}

    static void print(ObjectNode counts, PrintWriter out) {
        if (!printTables(counts, out)) {
            printLines(counts, out);
        }
    }

    /** Prints tables if the writer prints on a terminal, and returns whether it does. */
    private static boolean printTables(ObjectNode counts, PrintWriter out) {
        Optional<Table> totals = Table.on(out, Table.Column.text("TOTAL"), Table.Column.number("COUNT"));
        if (totals.isEmpty()) {
            return false;
        }
        try (Table table = totals.get()) {
            counts.properties().stream()
                    .filter(entry -> entry.getValue().isNumber())
                    .forEach(entry -> table.row(
                            words(entry.getKey()).replaceFirst("^total ", ""),
                            entry.getValue().asText()));
        }
        counts.properties().stream()
                .filter(entry ->
                        entry.getValue().isObject() && !entry.getValue().isEmpty())
                .filter(entry -> !entry.getKey().endsWith("combinations"))
                .forEach(entry -> {
                    out.println();
                    String by = words(entry.getKey()).replaceFirst("^by ", "").toUpperCase(Locale.ROOT);
                    try (Table table = Table.on(out, Table.Column.text(by), Table.Column.number("COUNT"))
                            .orElseThrow()) {
                        entry.getValue()
                                .properties()
                                .forEach(count -> table.row(
                                        count.getKey(), count.getValue().asText()));
                    }
                });
        return true;
    }

    private static void printLines(ObjectNode counts, PrintWriter out) {
        counts.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                out.printf(
                        Locale.ROOT,
                        "%-24s %d%n",
                        words(entry.getKey()),
                        entry.getValue().asLong());
            } else if (entry.getValue().isObject() && !entry.getKey().endsWith("combinations")) {
                out.println();
                out.println(words(entry.getKey()));
                entry.getValue()
                        .properties()
                        .forEach(count -> out.printf(
                                Locale.ROOT,
                                "  %-30s %d%n",
                                count.getKey(),
                                count.getValue().asLong()));
            }
        });
    }

    private static String words(String field) {
        return field.replace("distribution_by_", "by ").replace('_', ' ');
    }
}
