package org.copick.cli.look;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cli.options.ProjectOptions;
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

/** {@code copick validate}: reports everything readers would fail on. */
@Command(
        name = "validate",
        description = {
            "Read all of a project and report what is wrong with it: names that mean nothing, entities that were never"
                    + " finished, files and arrays that cannot be read, images that an import would refuse, labels and"
                    + " names that no object has, picks outside the volume, notes that hide nothing.",
            "Every layer is looked at, also what is shadowed; with --run, only these runs. Ends with 1 where anything was"
                    + " found.",
            "Folders that end with .staged are left by killed imports. --repair deletes those in the writable layer whose"
                    + " program has ended: one of this machine that does not run any more, or one elsewhere that wrote"
                    + " nothing for an hour. Imports that run are not touched. An import of the same entity also deletes"
                    + " what an ended program of this machine left of it.",
            "In a bucket a mark beside a volume tells that it is being written. --repair completes or undoes replacements"
                    + " whose program has ended, by the same rules."
        },
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(names = "--quick", description = "Do not read the voxels.")
    private boolean quick;

    @Option(names = "--repair", description = "Delete or complete what killed programs left in the writable layer.")
    private boolean repair;

    @Option(names = "--json", description = "Print JSON.")
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
