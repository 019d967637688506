package org.copick.cli.look;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.cli.manifest.ManifestCheck;
import org.copick.cli.manifest.ProjectManifest;
import org.copick.cli.manifest.ZarrManifest;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.CommandVersion;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.OutputFile;
import org.copick.cli.output.Progress;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick manifest}, which describes everything readable as JSON. */
@Command(
        name = "manifest",
        description = {
            "Describe everything in a project as JSON, with checksums.",
            "Reads all of the project, or with --zarr all arrays in a folder. copick verify compares with the result."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick manifest -o manifest.json", "  copick manifest --run TS_001 --all-layers"})
public final class ManifestCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Option(
            names = "--all-layers",
            description = "Describe shadowed entities, too, in Python's order (default: visible ones only).")
    private boolean allLayers;

    @Option(
            names = "--root",
            paramLabel = "DIR|URL",
            description =
                    "Folder that the manifest's paths are relative to, as a path or URL (default: full locations).")
    private @Nullable String relativeTo;

    @Option(
            names = "--zarr",
            paramLabel = "DIR|URL",
            description = "Folder of plain Zarr arrays and groups to describe (default: a copick project).")
    private @Nullable String arrays;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File to write, replaced if it exists; - is standard output (default: -).")
    private @Nullable Path output;

    ManifestCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        if (arrays != null && project.isGiven()) {
            throw new CommandLine.ParameterException(commandLine, "give either --config or --zarr, not both");
        }
        requireRuns(commandLine, arrays, project);
        PrintWriter err = commandLine.getErr();
        Path file = output == null || output.toString().equals("-") ? null : output;
        List<String> notes = new ArrayList<>();
        List<String> problems;
        try (Progress progress = Progress.on(err)) {
            problems = file == null ? write(commandLine.getOut(), progress, notes) : writeFile(file, progress, notes);
        }
        notes.forEach(note -> err.println("copick: " + note));
        problems.forEach(problem -> err.println("copick: " + problem));
        return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** Refuses a share of a folder of arrays, which has no runs. */
    static void requireRuns(CommandLine commandLine, @Nullable String arrays, WalkOptions project) {
        if (arrays != null && !project.shard().isWhole()) {
            throw new CommandLine.ParameterException(
                    commandLine, "--shard divides runs, and a folder of --zarr has none; leave it out");
        }
    }

    private List<String> write(Writer out, Progress progress, List<String> notes) throws IOException {
        if (arrays != null) {
            return withArrays(
                    arrays, progress, manifest -> ManifestCheck.write(json -> manifest.write(json, progress), out));
        }
        try (CopickContext context = CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            String base = null;
            if (relativeTo != null) {
                try (ObjectStore store = context.store(relativeTo)) {
                    base = store.location();
                }
            }
            Root view = allLayers ? root.unmerged() : root;
            ProjectManifest manifest =
                    new ProjectManifest(view, project.runs(view), project.shard(), base, CommandVersion.text());
            List<String> problems = ManifestCheck.write(json -> manifest.write(json, progress), out);
            notes.addAll(manifest.notes());
            return problems;
        }
    }

    private List<String> writeFile(Path file, Progress progress, List<String> notes) {
        List<String> problems = new ArrayList<>();
        OutputFile.at(file).replace(out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            problems.addAll(write(writer, progress, notes));
            writer.flush();
        });
        return problems;
    }

    /** A task with the manifest of a folder of arrays. */
    @FunctionalInterface
    interface ArraysTask<T> {
        T with(ZarrManifest manifest) throws IOException;
    }

    static <T> T withArrays(String folder, Progress progress, ArraysTask<T> task) throws IOException {
        try (CopickContext context = CopickContext.builder().listener(progress).build();
                ObjectStore store = context.store(folder)) {
            if (store.list("", null, 1).objects().isEmpty()) {
                throw new CommandFailure("nothing at " + store.location() + "; --zarr needs a folder with Zarr arrays");
            }
            return task.with(new ZarrManifest(store, context.zarr(), CommandVersion.text()));
        }
    }
}
