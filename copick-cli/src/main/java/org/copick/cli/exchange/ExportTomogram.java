package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Level;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.FileName;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.spi.EntityKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code copick export tomogram}. */
@Command(
        name = "tomogram",
        description = "Write tomograms to DIR/RUN/VoxelSpacing…/TYPE.mrc or .zarr.",
        mixinStandardHelpOptions = true)
final class ExportTomogram implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(names = "--tomogram-uri", required = true, paramLabel = "URI", description = "Which, such as wbp@10.0.")
    private String uri = "";

    @Option(names = "--output-dir", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path folder = Path.of("");

    @Option(names = "--output-format", required = true, paramLabel = "mrc|zarr", description = "The format.")
    private String format = "";

    @Option(
            names = "--level",
            defaultValue = "0",
            paramLabel = "N",
            description = "The level; 0 is the full resolution.")
    private int index;

    @Option(
            names = "--copy-all-levels",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Zarr: all levels as they are stored; on by default.")
    private boolean allLevels;

    @Option(names = "--level-only", description = "Zarr: the one level.")
    private boolean levelOnly;

    @Option(names = "--overwrite", negatable = true, description = "Replace files and folders that exist.")
    private boolean overwrite;

    ExportTomogram() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        boolean mrc = format.equalsIgnoreCase("mrc");
        if (!mrc && !format.equalsIgnoreCase("zarr")) {
            throw new CommandLine.ParameterException(commandLine, "--output-format is mrc or zarr");
        }
        Unread unread = new Unread(commandLine.getErr());
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            CopickUri wanted = CopickUri.parse(EntityKind.TOMOGRAM, uri);
            ExportPaths paths = new ExportPaths();
            Map<Path, Tomogram> plan = new LinkedHashMap<>();
            for (Run run : project.runs(root)) {
                for (Entity entity : EntityWalk.matching(run, wanted, unread)) {
                    Tomogram tomogram = (Tomogram) entity;
                    Path file = folder.resolve(FileName.of(run.name()))
                            .resolve("VoxelSpacing" + tomogram.key().size().text())
                            .resolve(FileName.of(tomogram.type() + (mrc ? ".mrc" : ".zarr")));
                    paths.take(file, tomogram.location());
                    plan.put(file, tomogram);
                }
            }
            if (plan.isEmpty()) {
                throw new CommandFailure("no tomogram matches \"" + uri + "\"; copick ls lists what is there");
            }
            ExportPaths.requireFree(plan.keySet(), overwrite);
            int done = 0;
            progress.done(done, plan.size());
            for (Map.Entry<Path, Tomogram> step : plan.entrySet()) {
                Path file = step.getKey();
                unread.attempt(step.getValue().location(), () -> {
                    write(context, file, step.getValue(), mrc);
                    commandLine.getOut().println(file);
                });
                progress.done(++done, plan.size());
            }
        }
        return unread.status();
    }

    private void write(CopickContext context, Path file, Tomogram tomogram, boolean mrc) {
        if (!mrc && allLevels && !levelOnly) {
            VolumeExport.zarr(context, tomogram.volume(), file);
            return;
        }
        Level level = tomogram.volume().level(index);
        double size = VolumeExport.voxelSize(
                tomogram.volume(), index, tomogram.voxelSpacing().voxelSize());
        if (mrc) {
            VolumeExport.image(file, level, size);
        } else {
            int zarrFormat = tomogram.volume().zarrFormat().orElse(2);
            VolumeExport.zarrLevel(
                    context, level, zarrFormat, size, file, tomogram.volume().axes());
        }
    }
}
