package org.copick.cli.project;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.OutputFile;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Progress;
import org.copick.entity.Layer;
import org.copick.layout.IndexDifference;
import org.copick.layout.RootIndex;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick index}, which writes an index beside a root. */
@Command(
        name = "index",
        description = {
            "Write an index of a root, with which it is listed by one request.",
            "The index is the file copick-index.json.gz in the root. It lists everything but the chunks of volumes."
                    + " Roots on web servers are opened through it; others if the configuration has"
                    + " \"static_index\": true. Make it again after every change of the root."
                    + " For a web server, make it where the files are, and upload it.",
            "With --check, the exit status is 3 if the root differs from its index. The marks: + the index lacks it;"
                    + " ~ it has another size, version or number of chunks; - the root lacks it."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick index", "  copick index --check", "  copick index -o copick-index.json.gz"
        })
public final class IndexCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--root",
            paramLabel = "LAYER",
            description = "Layer whose root is indexed: static, overlay, or the name of a layer (default: static).")
    private String layer = "static";

    @Option(names = "--check", description = "Compare the root with its index, and write nothing (default: write it).")
    private boolean check;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File for the index, replaced if it exists, to be uploaded into the root (default: write it"
                    + " into the root).")
    private @Nullable Path output;

    @Option(names = "--json", description = "Print a JSON list of the differences (default: text).")
    private boolean json;

    IndexCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        if (project.namesRuns()) {
            throw new CommandLine.ParameterException(commandLine, "an index is of all runs; leave out --run");
        }
        if (check && output != null) {
            throw new CommandLine.ParameterException(commandLine, "give either --check or --output, not both");
        }
        if (json && !check) {
            throw new CommandLine.ParameterException(commandLine, "--json needs --check");
        }
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context);
                ObjectStore store = store(root)) {
            if (check) {
                return compare(store, commandLine.getOut());
            }
            write(store, commandLine.getOut());
            return ExitStatus.DONE;
        }
    }

    private ObjectStore store(Root root) {
        List<Layer> layers = root.layers();
        Layer named = layers.stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("the project has no layer \"" + layer + "\"; choose one of "
                        + String.join(", ", layers.stream().map(Layer::name).toList()) + " with --root"));
        return root.openRoot(named)
                .orElseThrow(() -> new CommandFailure(
                        "the layer " + layer + " has no root in the configuration, so it cannot have an index"));
    }

    private void write(ObjectStore store, PrintWriter out) {
        Path file = output;
        if (file == null) {
            RootIndex index = RootIndex.write(store);
            Printable.row(out, store.location() + "/" + RootIndex.KEY, entries(index));
            return;
        }
        OutputFile target = OutputFile.at(file); // checked before the root is listed
        RootIndex index = RootIndex.of(store);
        target.replace(index::writeTo);
        Printable.row(out, file.toString(), entries(index));
    }

    private static String entries(RootIndex index) {
        return index.size() + (index.size() == 1 ? " entry" : " entries");
    }

    private int compare(ObjectStore store, PrintWriter out) {
        RootIndex index = RootIndex.read(store).orElseThrow(() -> missing(store));
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        boolean[] differs = new boolean[1];
        index.differences(RootIndex.of(store), difference -> {
            differs[0] = true;
            if (json) {
                rows.addObject()
                        .put("difference", difference.kind().name().toLowerCase(Locale.ROOT))
                        .put("key", difference.name());
            } else {
                Printable.row(out, mark(difference.kind()), difference.name());
            }
        });
        if (json) {
            JsonText.print(out, rows);
        }
        return differs[0] ? ExitStatus.DIFFERENT : ExitStatus.DONE;
    }

    private CommandFailure missing(ObjectStore store) {
        store.list("ExperimentRuns/", null, 1); // a store that cannot list has another remedy
        return new CommandFailure(
                "the root " + store.location() + " has no index; copick index --root " + layer + " writes it");
    }

    private static String mark(IndexDifference.Kind kind) {
        return switch (kind) {
            case MISSING -> "+";
            case CHANGED -> "~";
            case GONE -> "-";
        };
    }
}
