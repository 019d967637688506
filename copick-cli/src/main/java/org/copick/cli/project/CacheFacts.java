package org.copick.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.Root;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Table;
import org.copick.portal.CachedCatalogues;
import org.copick.portal.CatalogueState;
import org.copick.storage.disk.DiskCache;
import org.copick.storage.disk.DiskCacheUsage;

/** The caches of a project, as {@code copick cache info} describes them. */
final class CacheFacts {
    private CacheFacts() {}

    /** Describes the caches; one that the project does not use is null. */
    static ObjectNode of(Root root) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.putNull("data");
        root.diskCache().ifPresent(cache -> facts.set("data", data(cache)));
        facts.putNull("catalogue");
        CachedCatalogues.of(root.config()).ifPresent(cached -> facts.set("catalogue", catalogue(cached)));
        return facts;
    }

    private static ObjectNode data(DiskCache cache) {
        DiskCacheUsage usage = cache.usage();
        return JsonNodeFactory.instance
                .objectNode()
                .put("folder", cache.folder().toString())
                .put("files", usage.files())
                .put("bytes", usage.bytes())
                .put("max_bytes", cache.maxBytes());
    }

    private static ObjectNode catalogue(CachedCatalogues cached) {
        List<Path> files = cached.files();
        boolean exists = files.contains(cached.file());
        Optional<CatalogueState> state = exists ? cached.state() : Optional.empty();
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("file", cached.file().toString());
        facts.put(
                "state",
                state.map(found -> found.isCurrent() ? "current" : "old").orElse(exists ? "damaged" : "missing"));
        facts.put("bytes", exists ? bytes(List.of(cached.file())) : 0);
        state.ifPresent(found -> {
            facts.put("saved", found.saved().toString());
            facts.put("runs", found.runs());
            facts.put("complete_runs", found.completeRuns());
        });
        facts.put("all_files", files.size());
        facts.put("all_bytes", bytes(files));
        return facts;
    }

    /** Returns the size of files. Those that another process has deleted meanwhile count nothing. */
    private static long bytes(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** Prints a line for each cache. */
    static void print(ObjectNode facts, PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        JsonNode data = facts.path("data");
        rows.add(
                data.isNull()
                        ? new String[] {"data", "not cached", "", "", ""}
                        : new String[] {
                            "data",
                            "at most " + Printable.bytes(data.path("max_bytes").asLong()),
                            counted(data.path("files").asLong(), "file"),
                            Printable.bytes(data.path("bytes").asLong()),
                            data.path("folder").asText()
                        });
        JsonNode catalogue = facts.path("catalogue");
        rows.add(
                catalogue.isNull()
                        ? new String[] {"catalogue", "not cached", "", "", ""}
                        : new String[] {
                            "catalogue",
                            state(catalogue),
                            catalogue.has("runs") ? runs(catalogue) : "",
                            Printable.bytes(catalogue.path("bytes").asLong()),
                            catalogue.path("file").asText()
                        });
        if (!catalogue.isNull()) {
            rows.add(new String[] {
                "all catalogues",
                "",
                counted(catalogue.path("all_files").asLong(), "file"),
                Printable.bytes(catalogue.path("all_bytes").asLong()),
                String.valueOf(Path.of(catalogue.path("file").asText()).getParent())
            });
        }
        try (Table table = Table.on(
                        out,
                        Table.Column.text("CACHE"),
                        Table.Column.text("STATE"),
                        Table.Column.text("ENTRIES"),
                        Table.Column.number("SIZE"),
                        Table.Column.text("PLACE"))
                .orElse(null)) {
            for (String[] row : rows) {
                if (table == null) {
                    Printable.row(out, row);
                } else {
                    table.row(row);
                }
            }
        }
    }

    private static String state(JsonNode catalogue) {
        String state = catalogue.path("state").asText();
        return catalogue.has("saved")
                ? state + ", " + age(Instant.parse(catalogue.path("saved").asText()))
                : state;
    }

    private static String age(Instant saved) {
        Duration age = Duration.between(saved, Instant.now());
        if (age.isNegative()) {
            return "from the future";
        }
        return age.toDays() > 1
                ? age.toDays() + " days old"
                : age.toHours() > 1 ? age.toHours() + " hours old" : counted(age.toMinutes(), "minute") + " old";
    }

    private static String runs(JsonNode catalogue) {
        long runs = catalogue.path("runs").asLong();
        long complete = catalogue.path("complete_runs").asLong();
        return counted(runs, "run") + (complete == runs ? "" : ", " + complete + " of them complete");
    }

    private static String counted(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    /** Returns what {@code copick cache clear} would delete. */
    static String summary(ObjectNode facts, boolean data, boolean catalogue, boolean all) {
        List<String> parts = new ArrayList<>();
        if (data) {
            JsonNode cache = facts.path("data");
            parts.add("the cached data in " + cache.path("folder").asText() + " ("
                    + Printable.bytes(cache.path("bytes").asLong()) + ")");
        }
        if (catalogue) {
            JsonNode cached = facts.path("catalogue");
            parts.add(
                    all
                            ? "all cached catalogues ("
                                    + counted(cached.path("all_files").asLong(), "file") + ")"
                            : "the cached catalogue " + cached.path("file").asText());
        }
        return String.join(" and ", parts);
    }
}
