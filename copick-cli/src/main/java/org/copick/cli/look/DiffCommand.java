package org.copick.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.copick.CopickContext;
import org.copick.CopickUri;
import org.copick.Difference;
import org.copick.Root;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code copick diff}, which compares the writable layer with the layers below it. */
@Command(
        name = "diff",
        description = {
            "Compare the writable layer with the layers below it.",
            "Prints one difference per line: mark, run, kind, name. The marks: + the entity is not in the layers"
                    + " below; ~ it shadows one with other content; = it shadows an equal one; - it is hidden, with"
                    + " everything in it.",
            "The exit status is 3 if there is any +, ~ or -, and 1 if something could not be read."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick diff", "  copick diff 'proteasome:*' --json"})
public final class DiffCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "URI",
            description = "Copick URI or pattern of the entities to compare, of every kind that has such URIs"
                    + " (default: all).")
    private @Nullable String uri;

    @Option(names = "--json", description = "Print a JSON list (default: text).")
    private boolean asJson;

    DiffCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        List<CopickUri> uris = uri == null ? List.of() : EntityWalk.urisLike(uri);
        Predicate<EntityKey> wanted = key -> uri == null || uris.stream().anyMatch(each -> each.matches(key));
        List<Difference> differences;
        Unread unread = new Unread(commandLine.getErr());
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            differences = root.diff(wanted, project.scope(root, unread::report));
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Difference difference : differences) {
            EntityKey key = difference.key();
            if (asJson) {
                rows.addObject()
                        .put("difference", difference.kind().name().toLowerCase(Locale.ROOT))
                        .put("run", EntityWalk.runOf(key))
                        .put("kind", EntityWalk.kindOf(key))
                        .put("uri", EntityWalk.nameOf(key))
                        .put("path", difference.location());
            } else {
                Printable.row(
                        out,
                        mark(difference.kind()),
                        EntityWalk.runOf(key),
                        EntityWalk.kindOf(key),
                        EntityWalk.nameOf(key));
            }
        }
        if (asJson) {
            JsonText.print(out, rows);
        }
        if (unread.status() != ExitStatus.DONE) {
            return unread.status();
        }
        return differences.stream().allMatch(difference -> difference.kind() == Difference.Kind.SAME)
                ? ExitStatus.DONE
                : ExitStatus.DIFFERENT;
    }

    private static String mark(Difference.Kind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case CHANGED -> "~";
            case SAME -> "=";
            case HIDDEN -> "-";
        };
    }
}
