package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Table;
import org.copick.cli.walk.Attempts;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKind;
import org.copick.entity.HiddenEntity;
import org.copick.entity.SegmentationType;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code copick ls}, which lists runs and entities. */
@Command(
        name = "ls",
        description = {
            "List runs and entities, one per line.",
            "Columns: run, kind, URI, layer; with --long also shape, counts, size and the portal's names."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick ls 'ribosome:*' --long", "  copick ls --run TS_001 --json"})
public final class LsCommand implements Callable<Integer> {
    private static final Table.Column[] COLUMNS = {
        Table.Column.text("RUN"),
        Table.Column.text("KIND"),
        Table.Column.text("URI"),
        Table.Column.text("LAYER"),
        Table.Column.text("SHAPE (Z×Y×X)"),
        Table.Column.text("TYPE"),
        Table.Column.text("CONTENT"),
        Table.Column.number("SIZE"),
        Table.Column.text("PORTAL"),
        Table.Column.text("PROBLEM")
    };

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "URI",
            description =
                    "Copick URI or pattern of the entities to list, of every kind that has such URIs (default: all).")
    private @Nullable String uri;

    @Option(names = "--json", description = "Print a JSON list (default: text).")
    private boolean asJson;

    @Option(
            names = "--long",
            description = "Add sizes, shapes and counts, read from metadata and documents (default: names only).")
    private boolean details;

    @Option(
            names = "--all-layers",
            description = "List shadowed and hidden entities, too (default: visible ones only).")
    private boolean allLayers;

    @Option(
            names = "--hidden",
            description = "List only entities that the writable layer hides, or with --all-layers that any layer hides"
                    + " (default: visible ones).")
    private boolean hidden;

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    LsCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        if (hidden && metadata.isGiven()) {
            throw new CommandLine.ParameterException(
                    commandLine, "--hidden lists names only; leave --where and --author out");
        }
        List<CopickUri> uris = uri == null ? List.of() : EntityWalk.urisLike(uri);
        boolean complete = true;
        Unread unread = new Unread(commandLine.getErr());
        try (Root opened = project.open();
                Rows rows = new Rows(out, asJson)) {
            Root root = allLayers ? opened.unmerged() : opened;
            if (hidden) {
                root.hidden(project.scope(root, unread::report)).stream()
                        .filter(each -> uri == null || uris.stream().anyMatch(one -> one.matches(each.key())))
                        .map(LsCommand::row)
                        .forEach(rows::add);
            }
            Predicate<Entity> accepted = metadata.accepted(root, EnumSet.allOf(EntityKind.class));
            for (Run run : hidden ? List.<Run>of() : project.runs(root)) {
                for (Entity entity : uri == null ? EntityWalk.of(run, unread) : matching(run, uris, unread)) {
                    if (!accepted.test(entity)) {
                        continue;
                    }
                    ObjectNode row = row(run, entity);
                    if (details || asJson) {
                        PortalNames.add(row, run, entity);
                    }
                    if (details) {
                        try {
                            EntityDetails.add(row, entity);
                        } catch (OperationInterruptedException e) {
                            throw e;
                        } catch (CopickException | OutOfMemoryError e) {
                            row.put("error", FailureMessage.of(e));
                            complete = false;
                        }
                    }
                    rows.add(row);
                }
                unread.attempt(
                        run.location(),
                        () -> run.unparsableNames()
                                .forEach(skipped -> commandLine
                                        .getErr()
                                        .println("copick: skipped " + skipped.location() + ": " + skipped.reason())));
            }
            if (!hidden && project.isWholeOrFirst()) {
                root.unparsableNames()
                        .forEach(skipped -> commandLine
                                .getErr()
                                .println("copick: skipped " + skipped.location() + ": " + skipped.reason()));
            }
            rows.printJson();
            if ((uri != null || metadata.isGiven())
                    && rows.isEmpty()
                    && project.shard().isWhole()) {
                commandLine
                        .getErr()
                        .println("copick: nothing matches " + (uri != null ? uri : "the conditions")
                                + "; copick ls lists everything, --run NAME limits it to a run");
            }
        }
        return complete ? unread.status() : ExitStatus.FAILED;
    }

    private static List<Entity> matching(Run run, List<CopickUri> uris, Attempts attempts) {
        return uris.stream()
                .flatMap(uri -> EntityWalk.matching(run, uri, attempts).stream())
                .toList();
    }

    private static ObjectNode row(Run run, Entity entity) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("run", run.name());
        row.put("kind", EntityWalk.kindOf(entity.key()));
        row.put("uri", EntityWalk.nameOf(entity));
        row.put("layer", entity.layer().name());
        row.put("read_only", entity.readOnly());
        row.put("path", entity.location());
        if (entity.key() instanceof org.copick.entity.EntityKey.Segmentation segmentation) {
            row.put("type", typeName(segmentation.type()));
        }
        return row;
    }

    private static ObjectNode row(HiddenEntity hidden) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("run", EntityWalk.runOf(hidden.key()));
        row.put("kind", EntityWalk.kindOf(hidden.key()));
        row.put("uri", EntityWalk.nameOf(hidden.key()));
        row.put("layer", hidden.layer().name());
        row.put("path", hidden.location());
        return row;
    }

    private static String typeName(SegmentationType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The rows of the listing: a table on a terminal, else lines with tabs, or JSON. */
    private static final class Rows implements AutoCloseable {
        private final PrintWriter out;
        private final @Nullable ArrayNode json;
        private final @Nullable Table table;
        private boolean empty = true;

        Rows(PrintWriter out, boolean asJson) {
            this.out = out;
            this.json = asJson ? JsonNodeFactory.instance.arrayNode() : null;
            this.table = asJson ? null : Table.on(out, COLUMNS).orElse(null);
        }

        boolean isEmpty() {
            return empty;
        }

        void add(ObjectNode row) {
            empty = false;
            if (json != null) {
                json.add(row);
                return;
            }
            Stream<String> names = Stream.of("run", "kind", "uri", "layer")
                    .map(column -> row.path(column).asText());
            if (table != null) {
                table.row(Stream.concat(names.map(Table.Cell::of), EntityDetails.cells(row))
                        .toArray(Table.Cell[]::new));
            } else {
                String details = EntityDetails.text(row);
                Printable.row(
                        out,
                        (details.isEmpty() ? names : Stream.concat(names, Stream.of(details))).toArray(String[]::new));
            }
        }

        /** Prints the rows as one JSON list. Called after the last row, because a partial list is not valid JSON. */
        void printJson() {
            if (json != null) {
                JsonText.print(out, json);
            }
        }

        @Override
        public void close() {
            if (table != null) {
                table.close();
            }
        }
    }
}
