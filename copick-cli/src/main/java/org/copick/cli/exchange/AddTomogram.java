package org.copick.cli.exchange;

import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.IfExists;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.Progress;
import org.copick.config.EntityNames;
import org.copick.spi.EntityKey;
import org.copick.spi.VoxelSize;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code copick add tomogram}. */
@Command(
        name = "tomogram",
        description =
                "Import tomograms from MRC files or Zarr folders; a file's name is its run's unless --run says so.",
        mixinStandardHelpOptions = true)
final class AddTomogram implements Callable<Integer> {
    /** A chunk is one array of at most 2 GiB, and a voxel has up to 8 bytes. */
    private static final int LARGEST_CHUNK = 1 << 28;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private ImportFiles files = new ImportFiles();

    @Mixin
    private AxisOptions axes = new AxisOptions();

    @Option(
            names = "--tomo-type",
            defaultValue = "wbp",
            paramLabel = "TYPE",
            description = "Type of the tomograms. Default: ${DEFAULT-VALUE}.")
    private String type = "wbp";

    @Option(names = "--file-type", paramLabel = "mrc|zarr", description = "The format. Default: by the name.")
    private @Nullable String fileType;

    @Option(
            names = "--voxel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "The voxel size. Default: what the file says, if its voxels are cubes.")
    private @Nullable Double voxelSize;

    @Option(
            names = "--create-pyramid",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Make levels of half, a quarter … the resolution; on by default. Without, the type is kept.")
    private boolean pyramid;

    @Option(
            names = "--pyramid-levels",
            defaultValue = "3",
            converter = OptionNumber.Levels.class,
            paramLabel = "N",
            description = "How many levels. Default: ${DEFAULT-VALUE}.")
    private int levels;

    @Option(
            names = "--chunk-size",
            paramLabel = "Z,Y,X",
            description = "Default: 256,256,256; for Zarr v3 128,128,128; no more than the tomogram has.")
    private @Nullable String chunk;

    @Option(
            names = "--zarr-format",
            defaultValue = "2",
            paramLabel = "2|3",
            description = "Zarr version to write: 2 as copick 1.x, 3 as 2.0. Default: ${DEFAULT-VALUE}.")
    private int zarrFormat;

    AddTomogram() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        ImageFormat format = format(zarrFormat, chunk, commandLine);
        EntityNames.checkedTomogramType(type);
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            Imports imports = new Imports(root, files, commandLine);
            Map<Path, String> runs = files.runs(project.runNames());
            // what cannot be read or exists is found out before anything is written
            runs.forEach((file, run) -> imports.plan(
                    file,
                    () -> {
                        try (VolumeFile volume = VolumeFile.open(context, file, fileType)) {
                            VoxelSize size = new VoxelSize(volume.voxelSize(voxelSize, file));
                            axes.apply(volume.spatial(file));
                            volume.warn(commandLine.getErr(), voxelSize, file);
                            return new EntityKey.Tomogram(run, size, type);
                        }
                    },
                    existing -> existing instanceof Tomogram tomogram && holds(tomogram, context, file)));
            imports.planned()
                    .forEach((file, key) -> imports.write(file.toString(), key, run -> {
                        try (VolumeFile volume = VolumeFile.open(context, file, fileType)) {
                            return write(
                                    run, axes.apply(volume.spatial(file)), volume.voxelSize(voxelSize, file), format);
                        }
                    }));
            return imports.status();
        }
    }

    private boolean holds(Tomogram tomogram, CopickContext context, Path file) {
        try (VolumeFile volume = VolumeFile.open(context, file, fileType)) {
            VolumeData data = axes.apply(volume.spatial(file));
            return new ImportedVolume(
                            zarrFormat, pyramid ? levels : 1, Optional.of(pyramid ? DataType.FLOAT32 : data.type()))
                    .isIn(tomogram.volume(), data);
        }
    }

    private Tomogram write(Run run, VolumeData data, double size, ImageFormat format) {
        VoxelSpacing spacing = files.creates() ? run.newVoxelSpacing(size, IfExists.REUSE) : run.voxelSpacing(size);
        VolumeOptions options = VolumeOptions.defaults()
                .format(format)
                .levels(pyramid ? levels : 1)
                .metadata(NullNode.getInstance());
        options = pyramid ? options : options.type(data.type());
        return spacing.newTomogram(type, data, files.overwrite ? options.replacing() : options);
    }

    static ImageFormat format(int zarrFormat, @Nullable String chunk, CommandLine commandLine) {
        if (zarrFormat != 2 && zarrFormat != 3) {
            throw new CommandLine.ParameterException(commandLine, "--zarr-format is 2 or 3");
        }
        ImageFormat format = zarrFormat == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3;
        if (chunk == null) {
            return format.fitting();
        }
        try {
            int[] lengths = Arrays.stream(chunk.split(",", -1))
                    .mapToInt(part -> Integer.parseInt(part.strip()))
                    .toArray();
            if (lengths.length == 3) {
                if ((double) lengths[0] * lengths[1] * lengths[2] > LARGEST_CHUNK) {
                    throw new CommandLine.ParameterException(
                            commandLine, "--chunk-size: no chunk has more than " + LARGEST_CHUNK + " voxels");
                }
                return format.withChunk(lengths[0], lengths[1], lengths[2]);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    commandLine, "--chunk-size is three lengths, as in 128,128,128", e);
        }
        throw new CommandLine.ParameterException(commandLine, "--chunk-size is three lengths, as in 128,128,128");
    }
}
