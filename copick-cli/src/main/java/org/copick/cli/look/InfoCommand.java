package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.Printable;
import org.copick.cli.walk.Attempts;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.spi.BackendProvider;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick info}, which shows what a project holds and which backends are installed. */
@Command(
        name = "info",
        description = {
            "Show what a project holds in each layer.",
            "Also lists the storage providers and backends that are installed."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick info", "  copick info --run TS_001,TS_002 --json"})
public final class InfoCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(names = "--json", description = "Print JSON (default: text).")
    private boolean asJson;

    InfoCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        Unread unread = new Unread(commandLine.getErr());
        try (Root root = project.open();
                CopickContext context = CopickContext.builder().build()) {
            ObjectNode info = describe(root, context, unread);
            if (asJson) {
                JsonText.print(out, info);
            } else if (!InfoTables.print(info, out)) {
                print(info, out);
            }
        }
        return unread.status();
    }

    private ObjectNode describe(Root root, CopickContext context, Attempts attempts) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("name", root.name());
        info.put("description", root.config().description().orElse(null));
        info.put("version", root.config().version().orElse(null));
        var objects = info.putArray("objects");
        for (PickableObject object : root.objects()) {
            ObjectNode row = objects.addObject();
            row.put("name", object.name());
            row.put("label", object.label().isPresent() ? object.label().getAsLong() : null);
            row.put("kind", object.isFilament() ? "filament" : object.isParticle() ? "particle" : "segmentation");
            row.put("radius", object.radius().isPresent() ? object.radius().getAsDouble() : null);
            row.put("density_map", object.layer().map(Layer::name).orElse(null));
        }
        var layers = info.putArray("layers");
        for (Layer layer : root.layers()) {
            ObjectNode row = layers.addObject();
            row.put("name", layer.name());
            row.put("read_only", layer.readOnly());
            row.put("location", layer.location());
            layer.endpoint().ifPresent(endpoint -> row.put("endpoint", endpoint));
            capabilities(row, context, layer.location());
        }
        List<Run> runs = project.runs(root);
        info.put("runs", runs.size());
        ArrayNode portal = JsonNodeFactory.instance.arrayNode();
        for (Run run : runs) {
            ObjectNode row = JsonNodeFactory.instance.objectNode().put("run", run.name());
            PortalNames.add(row, run, run);
            if (row.has("portal")) {
                portal.add(row);
            }
        }
        if (!portal.isEmpty()) {
            info.set("portal_runs", portal);
        }
        countContents(info, root.unmerged(), attempts);
        var storage = info.putArray("storage");
        for (StorageProvider provider : context.storageProviders()) {
            ObjectNode row = storage.addObject();
            row.put("name", provider.name());
            var schemes = row.putArray("schemes");
            new TreeSet<>(provider.schemes())
                    .forEach(scheme -> schemes.add(scheme.isEmpty() ? "(path)" : scheme + "://"));
        }
        var backends = info.putArray("backends");
        context.backendProviders().stream().map(BackendProvider::name).sorted().forEach(backends::add);
        return info;
    }

    private static void capabilities(ObjectNode row, CopickContext context, String location) {
        // opening a bucket may need options that its location does not contain
        if (!location.contains("://")) {
            var capabilities = row.putArray("capabilities");
            try (ObjectStore store = context.store(location)) {
                store.capabilities().stream()
                        .map(capability ->
                                capability.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .sorted()
                        .forEach(capabilities::add);
            }
        }
    }

    private void countContents(ObjectNode info, Root everyLayer, Attempts attempts) {
        Map<String, Map<EntityKind, long[]>> counts = new LinkedHashMap<>();
        for (Run run : project.runs(everyLayer)) {
            for (Entity entity : EntityWalk.of(run, attempts)) {
                EntityKind kind = entity.key().kind();
                if (kind.content() != EntityKind.Content.CONTAINER) {
                    long[] sums = counts.computeIfAbsent(entity.layer().name(), name -> new LinkedHashMap<>())
                            .computeIfAbsent(kind, k -> new long[2]);
                    sums[0]++;
                    attempts.attempt(entity.location(), () -> sums[1] += entity.storedBytes());
                }
            }
        }
        for (PickableObject object : everyLayer.objects()) {
            object.layer().ifPresent(layer -> {
                long[] sums = counts.computeIfAbsent(layer.name(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(EntityKind.DENSITY_MAP, k -> new long[2]);
                sums[0]++;
                attempts.attempt("the density map of " + object.name(), () -> sums[1] += object.storedBytes());
            });
        }
        var rows = info.putArray("contents");
        counts.forEach((layer, kinds) -> kinds.forEach((kind, sums) -> {
            ObjectNode row = rows.addObject();
            row.put("layer", layer);
            row.put("kind", kind.name().toLowerCase(Locale.ROOT));
            row.put("count", sums[0]);
            row.put("bytes", sums[1]);
        }));
    }

    private static void print(ObjectNode info, PrintWriter out) {
        out.println(info.path("name").asText()
                + (info.path("description").isTextual()
                        ? " — " + info.path("description").asText()
                        : ""));
        out.println();
        info.path("layers")
                .forEach(layer -> out.printf(
                        "layer    %-10s %-10s %s%n",
                        layer.path("name").asText(),
                        layer.path("read_only").asBoolean() ? "read-only" : "writable",
                        layer.path("location").asText()
                                + (layer.has("endpoint")
                                        ? " at " + layer.path("endpoint").asText()
                                        : "")));
        out.printf(Locale.ROOT, "runs     %d%n", info.path("runs").asInt());
        info.path("portal_runs")
                .forEach(
                        run -> out.printf("run      %-10s %s%n", run.path("run").asText(), PortalNames.text(run)));
        out.println();
        info.path("objects")
                .forEach(object -> out.printf(
                        "object   %-24s label %-6s %-13s %s%s%n",
                        object.path("name").asText(),
                        object.path("label").isNull()
                                ? "-"
                                : object.path("label").asText(),
                        object.path("kind").asText(),
                        object.path("radius").isNull()
                                ? ""
                                : "radius " + object.path("radius").asText() + " Å",
                        object.path("density_map").isNull()
                                ? ""
                                : "  density map in "
                                        + object.path("density_map").asText()));
        out.println();
        info.path("contents")
                .forEach(row -> out.printf(
                        Locale.ROOT,
                        "%-8s %-14s %6d   %s%n",
                        row.path("layer").asText(),
                        row.path("kind").asText(),
                        row.path("count").asLong(),
                        Printable.bytes(row.path("bytes").asLong())));
        out.println();
        info.path("storage")
                .forEach(row ->
                        out.println("storage  " + row.path("name").asText() + "  " + joined(row.path("schemes"))));
        out.println("backends " + joined(info.path("backends")));
        info.path("layers").forEach(layer -> {
            if (!layer.path("capabilities").isEmpty()) {
                out.println("store of " + layer.path("name").asText() + " can " + joined(layer.path("capabilities")));
            }
        });
    }

    private static String joined(com.fasterxml.jackson.databind.JsonNode texts) {
        return String.join(", ", texts.valueStream().map(t -> t.asText()).toList());
    }
}
