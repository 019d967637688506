package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.cli.options.OptionNumber;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.VoxelSize;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code copick add tomogram}. */
@Command(
        name = "tomogram",
        description = {
            "Import tomograms from MRC files or Zarr folders.",
            "The file name without extension is the name of the run, unless --run or --run-regex gives another."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add tomogram wbp.mrc --run TS_009",
            "  copick add tomogram 'tomograms/*.mrc' --tomo-type denoised --voxel-size 10"
        })
final class AddTomogram extends VolumeImport {
    /** Largest chunk in voxels: a chunk is one array of at most 2 GiB, and a voxel has up to 8 bytes. */
    private static final int LARGEST_CHUNK = 1 << 28;

    @Option(
            names = "--tomo-type",
            defaultValue = "wbp",
            paramLabel = "TYPE",
            description = "Type of the tomograms (default: ${DEFAULT-VALUE}).")
    private String type = "wbp";

    @Option(
            names = "--create-pyramid",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Write coarser levels, too, all as float32; --no-create-pyramid writes one level of the file's"
                            + " data type (default: create).")
    private boolean pyramid;

    @Option(
            names = "--pyramid-levels",
            defaultValue = "3",
            converter = OptionNumber.Levels.class,
            paramLabel = "N",
            description = "Number of levels, including the full resolution, 1 to 30 (default: ${DEFAULT-VALUE}).")
    private int levels;

    @Option(
            names = "--chunk-size",
            paramLabel = "Z,Y,X",
            description = "Chunk lengths in voxels (default: 256,256,256, or 128,128,128 in Zarr v3; at most the"
                    + " tomogram's).")
    private @Nullable String chunk;

    AddTomogram() {}

    @Override
    void checkOptions() {
        chunkedFormat();
        EntityNames.checkedTomogramType(type);
    }

    @Override
    EntityKey.InRun key(Root root, String run, VoxelSize size) {
        return new EntityKey.Tomogram(run, size, type);
    }

    @Override
    VolumeData dataOf(VolumeFile volume, Path file) {
        return volume.spatial(file);
    }

    @Override
    boolean holds(Entity existing, VolumeData data) {
        return existing instanceof Tomogram tomogram
                && new ImportedVolume(
                                zarrFormat, pyramid ? levels : 1, Optional.of(pyramid ? DataType.FLOAT32 : data.type()))
                        .isIn(tomogram.volume(), data);
    }

    @Override
    Entity write(Run run, VolumeFile volume, Path file, double size) {
        VolumeData data = data(volume, file);
        VoxelSpacing spacing = files.creates() ? run.newVoxelSpacing(size, OnExisting.REUSE) : run.voxelSpacing(size);
        VolumeOptions options = VolumeOptions.defaults()
                .format(chunkedFormat())
                .levels(pyramid ? levels : 1)
                .metadata(null);
        options = pyramid ? options : options.type(data.type());
        return spacing.newTomogram(type, data, files.overwrite ? options.onExisting(OnExisting.REPLACE) : options);
    }

    private ImageFormat chunkedFormat() {
        ImageFormat format = format();
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
                            commandLine(), "--chunk-size: a chunk has at most " + LARGEST_CHUNK + " voxels");
                }
                return format.withChunk(lengths[0], lengths[1], lengths[2]);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    commandLine(), "--chunk-size takes three lengths, such as 128,128,128", e);
        }
        throw new CommandLine.ParameterException(
                commandLine(), "--chunk-size takes three lengths, such as 128,128,128");
    }
}
