package org.copick.cli.look;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Progress;
import org.copick.cli.output.Style;
import org.copick.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick validate}, which reports everything readers would fail on. */
@Command(
        name = "validate",
        description = {
            "Read all of a project and report everything readers would fail on.",
            "Reports unparsable names, unfinished entities, unreadable files and arrays, images that an import would"
                    + " refuse, labels and names without an object, picks outside the volume, and tombstones that hide"
                    + " nothing. Without --run, compares a root with the index that it is opened through. Checks every layer, shadowed"
                    + " entities included. The exit status is 1 if anything was found.",
            "Killed imports leave folders whose names end with .staged. --repair deletes those of the writable layer"
                    + " whose program has ended: it ran on this machine and is gone, or ran elsewhere and wrote nothing"
                    + " for an hour. Running imports are not touched. Importing the same entity again also deletes what"
                    + " an ended program of this machine left of it.",
            "In a bucket, a marker beside a volume shows that the volume is being written. --repair completes or undoes"
                    + " replacements whose program has ended, by these rules, too."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick validate", "  copick validate --quick --run TS_001"})
public final class ValidateCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Option(names = "--quick", description = "Check without reading the voxels (default: read them).")
    private boolean quick;

    @Option(
            names = "--repair",
            description =
                    "Delete or complete what killed programs left in the writable layer (default: only report it).")
    private boolean repair;

    @Option(names = "--json", description = "Print JSON (default: text).")
    private boolean json;

    ValidateCommand() {}

    @Override
    public Integer call() throws Exception {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        PrintWriter err = commandLine.getErr();
        List<Validation.Problem> problems;
        List<Validation.Problem> repaired;
        String checked;
        try (Progress progress = Progress.on(err);
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            Validation validation = new Validation(root.unmerged(), !quick, repair);
            problems = validation.run(project, progress);
            repaired = validation.repaired();
            checked = validation.checked();
        }
        repaired.forEach(each -> err.println("copick: " + each.location() + " " + each.text()));
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            ArrayNode rows = mapper.createArrayNode();
            problems.forEach(problem ->
                    rows.addObject().put("location", problem.location()).put("problem", problem.text()));
            JsonText.print(out, rows);
        } else {
            print(problems, out);
        }
        out.flush();
        err.println(
                problems.isEmpty()
                        ? "copick: no problems in " + checked
                        : "copick: " + problems.size() + (problems.size() == 1 ? " problem" : " problems"));
        return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private static void print(List<Validation.Problem> problems, PrintWriter out) {
        try (Table table = Table.on(out, Table.Column.text("LOCATION"), Table.Column.text("PROBLEM"))
                .orElse(null)) {
            for (Validation.Problem problem : problems) {
                if (table == null) {
                    Printable.row(out, problem.location(), problem.text());
                } else {
                    table.row(Table.Cell.of(problem.location()), new Table.Cell(problem.text(), Style.RED));
                }
            }
        }
    }
}
