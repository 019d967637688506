package org.copick.cli.look;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cli.manifest.ManifestCheck;
import org.copick.cli.manifest.ProjectManifest;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.CommandVersion;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code copick verify}, which compares a project with a manifest. */
@Command(
        name = "verify",
        description = {
            "Compare a project with a manifest.",
            "Reads everything and compares names, shapes, types and values, so that a copy in another Zarr format is"
                    + " equal; --layout also compares how they are stored.",
            "The exit status is 3 if there are differences, else 1 if something could not be read."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick verify manifest.json",
            "  copick verify manifest.json --layout --ignore scale"
        })
public final class VerifyCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Parameters(
            paramLabel = "MANIFEST",
            description = "Manifest file to compare with, written by copick manifest or by Python.")
    private Path manifest = Path.of("");

    @Option(
            names = "--view",
            paramLabel = "NAME",
            description = "Name of the view in the manifest (default: the first).")
    private @Nullable String view;

    @Option(
            names = "--zarr",
            paramLabel = "DIR|URL",
            description = "Folder of plain Zarr arrays to compare (default: a copick project).")
    private @Nullable String arrays;

    @Option(
            names = "--ignore",
            paramLabel = "FIELD",
            split = ",",
            description = "Fields not to compare, such as scale, separated by commas; repeatable (default: none).")
    private Set<String> ignored = new LinkedHashSet<>();

    @Option(
            names = "--layout",
            description = "Compare Zarr formats, chunks, shards, byte orders and layers, too (default: values only).")
    private boolean layout;

    VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        if (arrays != null && project.isGiven()) {
            throw new CommandLine.ParameterException(commandLine, "give either --config or --zarr, not both");
        }
        ManifestCommand.requireRuns(commandLine, arrays, project);
        ManifestCheck check = new ManifestCheck(manifest, view, ignored, layout, project.shard());
        if (check.isOfArrays() != (arrays != null)) {
            throw new CommandFailure(
                    check.isOfArrays()
                            ? manifest + " describes plain arrays; name their folder with --zarr"
                            : manifest + " describes a project; name its configuration with -c");
        }
        PrintWriter err = commandLine.getErr();
        ManifestCheck.Result result;
        try (Progress progress = Progress.on(err)) {
            result = arrays != null
                    ? ManifestCommand.withArrays(arrays, progress, found -> check.compare(found, progress))
                    : compare(check, progress);
        }
        List<String> differences = result.differences();
        differences.forEach(commandLine.getOut()::println);
        result.unread().forEach(problem -> err.println("copick: " + problem));
        if (!differences.isEmpty()) {
            err.println("copick: " + differences.size() + (differences.size() == 1 ? " difference" : " differences"));
            return ExitStatus.DIFFERENT;
        }
        if (!result.unread().isEmpty()) {
            return ExitStatus.FAILED;
        }
        err.println("copick: equal");
        return ExitStatus.DONE;
    }

    private ManifestCheck.Result compare(ManifestCheck check, Progress progress) {
        try (CopickContext context = CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            Root compared = check.listsEveryLayer() ? root.unmerged() : root;
            return check.compare(
                    new ProjectManifest(compared, project.runs(compared), project.shard(), null, CommandVersion.text()),
                    progress);
        }
    }
}
