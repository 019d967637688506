package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.cli.options.Author;
import org.copick.cli.options.AuthorOptions;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.options.SegmentationTypes;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.Progress;
import org.copick.config.EntityNames;
import org.copick.error.InvalidDataException;
import org.copick.spi.EntityKey;
import org.copick.spi.SegmentationType;
import org.copick.spi.VoxelSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code copick add segmentation}. */
@Command(
        name = "segmentation",
        description = "Import segmentations from MRC files or Zarr folders.",
        mixinStandardHelpOptions = true)
final class AddSegmentation implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private ImportFiles files = new ImportFiles();

    @Mixin
    private AxisOptions axes = new AxisOptions();

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The object; for multilabel and panoptic ones any name.")
    private String name = "";

    @Mixin
    private AuthorOptions by = new AuthorOptions();

    @Option(
            names = "--segmentation-type",
            defaultValue = "multilabel",
            paramLabel = "TYPE",
            description = "multilabel, binary, instance or panoptic (2, z, y, x). Default: ${DEFAULT-VALUE}.")
    private String type = "multilabel";

    @Option(names = "--file-type", paramLabel = "mrc|zarr", description = "The format. Default: by the name.")
    private @Nullable String fileType;

    @Option(
            names = "--voxel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "The voxel size. Default: what the file says, if its voxels are cubes.")
    private @Nullable Double voxelSize;

    @Option(
            names = "--any-labels",
            description = "Accept labels that no object has, and others than 0 and 1 in binary segmentations.")
    private boolean anyLabels;

    @Option(
            names = "--zarr-format",
            defaultValue = "2",
            paramLabel = "2|3",
            description = "Zarr version to write: 2 as copick 1.x, 3 as 2.0. Default: ${DEFAULT-VALUE}.")
    private int zarrFormat;

    AddSegmentation() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        SegmentationType kind = SegmentationTypes.parse(type);
        VolumeOptions options = VolumeOptions.defaults().format(AddTomogram.format(zarrFormat, null, commandLine));
        options = anyLabels ? options.anyLabels() : options;
        options = files.overwrite ? options.replacing() : options;
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            Imports imports = new Imports(root, files, commandLine);
            Map<Path, String> runs = files.runs(project.runNames());
            if (kind == SegmentationType.BINARY || kind == SegmentationType.INSTANCE) {
                root.object(name);
            }
            Author author = by.of(root);
            EntityNames.checkedForSegmentation("segmentation name", name);
            EntityNames.checkedForSegmentation("user id", author.user());
            EntityNames.checkedForSegmentation("session id", author.session());
            runs.forEach((file, run) -> imports.plan(
                    file,
                    () -> {
                        try (VolumeFile volume = VolumeFile.open(context, file, fileType)) {
                            VoxelSize size = new VoxelSize(volume.voxelSize(voxelSize, file));
                            axes.apply(data(volume, kind, file));
                            volume.warn(commandLine.getErr(), voxelSize, file);
                            return new EntityKey.Segmentation(run, size, name, author.user(), author.session(), kind);
                        }
                    },
                    existing -> existing instanceof Segmentation segmentation && holds(segmentation, context, file)));
            VolumeOptions chosen = options;
            int done = 0;
            for (Map.Entry<Path, EntityKey.InRun> planned : imports.planned().entrySet()) {
                progress.done(done++, imports.planned().size());
                Path file = planned.getKey();
                imports.write(file.toString(), planned.getValue(), run -> {
                    try (VolumeFile volume = VolumeFile.open(context, file, fileType)) {
                        return write(run, kind, author, file, volume, chosen);
                    }
                });
            }
            return imports.status();
        }
    }

    private boolean holds(Segmentation segmentation, CopickContext context, Path file) {
        try (VolumeFile volume = VolumeFile.open(context, file, fileType)) {
            return new ImportedVolume(zarrFormat, 1, Optional.empty())
                    .isIn(segmentation.volume(), axes.apply(data(volume, segmentation.type(), file)));
        }
    }

    private Segmentation write(
            Run run, SegmentationType kind, Author author, Path file, VolumeFile volume, VolumeOptions options) {
        try {
            return run.newSegmentation(
                    kind,
                    volume.voxelSize(voxelSize, file),
                    name,
                    author.user(),
                    author.session(),
                    axes.apply(data(volume, kind, file)),
                    options);
        } catch (InvalidDataException e) {
            if (!volume.mayBeUnsigned()) {
                throw e;
            }
            CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
            throw new CommandFailure(
                    Imports.failure(file.toString(), e, commandLine).getMessage()
                            + "; its bytes were read as signed and may be unsigned",
                    e);
        }
    }

    private static VolumeData data(VolumeFile volume, SegmentationType kind, Path file) {
        return kind == SegmentationType.PANOPTIC ? volume.data() : volume.spatial(file);
    }
}
