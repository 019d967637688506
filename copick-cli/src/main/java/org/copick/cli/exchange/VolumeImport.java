package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.VolumeData;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.Progress;
import org.copick.entity.EntityKey;
import org.copick.entity.VoxelSize;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Common parts of commands that import one volume per file. */
abstract class VolumeImport implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Mixin
    ImportFiles files = new ImportFiles();

    @Mixin
    private AxisOptions axes = new AxisOptions();

    @Option(
            names = "--file-type",
            paramLabel = "mrc|zarr",
            description = "Format of the files: mrc or zarr (default: from the file name).")
    private @Nullable String fileType;

    @Option(
            names = "--voxel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "Voxel size in Å (default: from the file, if its voxels are cubes).")
    private @Nullable Double voxelSize;

    @Option(
            names = "--zarr-format",
            defaultValue = "2",
            paramLabel = "2|3",
            description = "Zarr version to write: 2 as in copick 1.x, 3 as in 2.0 (default: ${DEFAULT-VALUE}).")
    int zarrFormat;

    /** Refuses invalid options; called before anything is opened. */
    abstract void checkOptions();

    /** Refuses names that the project does not allow; called before a file is read. */
    void checkProject(Root root) {}

    /** Returns the key of the entity of a file. */
    abstract EntityKey.InRun key(Root root, String run, VoxelSize size);

    /** Returns the volume with the axes that the entity needs, in the order of the file. */
    abstract VolumeData dataOf(VolumeFile volume, Path file);

    /** Returns whether an existing entity equals the one to write. */
    abstract boolean holds(Entity existing, VolumeData data);

    /**
     * Writes an entity.
     *
     * @param size the voxel size in Å
     */
    abstract Entity write(Run run, VolumeFile volume, Path file, double size);

    @Override
    public final Integer call() {
        checkOptions();
        CommandLine commandLine = commandLine();
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            Imports imports = new Imports(root, files, commandLine);
            Map<Path, String> runs = files.runs(project.runNames(root), project.shard());
            checkProject(root);
            // unreadable files and existing entities are found before anything is written
            runs.forEach((file, run) -> imports.plan(
                    file,
                    () -> {
                        try (VolumeFile volume = VolumeFile.open(context, file, fileType, "--file-type")) {
                            VoxelSize size = new VoxelSize(volume.voxelSize(voxelSize, file));
                            data(volume, file);
                            volume.warn(commandLine.getErr(), voxelSize, file);
                            return key(root, run, size);
                        }
                    },
                    existing -> {
                        try (VolumeFile volume = VolumeFile.open(context, file, fileType, "--file-type")) {
                            return holds(existing, data(volume, file));
                        }
                    }));
            int done = 0;
            for (Map.Entry<Path, EntityKey.InRun> planned : imports.planned().entrySet()) {
                progress.done(done++, imports.planned().size());
                Path file = planned.getKey();
                imports.write(file.toString(), planned.getValue(), run -> {
                    try (VolumeFile volume = VolumeFile.open(context, file, fileType, "--file-type")) {
                        return write(run, volume, file, volume.voxelSize(voxelSize, file));
                    }
                });
            }
            return imports.status();
        }
    }

    final CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /** Returns the volume to write, with its axes reordered by the options. */
    final VolumeData data(VolumeFile volume, Path file) {
        return axes.apply(dataOf(volume, file));
    }

    /** Returns the image format of {@code --zarr-format}. */
    final ImageFormat format() {
        return switch (zarrFormat) {
            case 2 -> ImageFormat.VERSION_2;
            case 3 -> ImageFormat.VERSION_3;
            default -> throw new CommandLine.ParameterException(commandLine(), "--zarr-format must be 2 or 3");
        };
    }
}
