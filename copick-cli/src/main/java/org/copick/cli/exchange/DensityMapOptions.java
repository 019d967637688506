package org.copick.cli.exchange;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.copick.CopickContext;
import org.copick.OnExisting;
import org.copick.PickableObject;
import org.copick.Volume;
import org.copick.VolumeOptions;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.walk.Comparison;
import org.copick.zarr.DataType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the file of an object's density map. */
final class DensityMapOptions {
    private static final ImportedVolume FORM = new ImportedVolume(2, 1, Optional.of(DataType.FLOAT32));

    @Option(
            names = "--volume-format",
            paramLabel = "mrc|zarr",
            description = "Format of the density map: mrc or zarr (default: from the file name).")
    private @Nullable String format;

    @Option(
            names = "--voxel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "Voxel size of the density map, in Å (default: from the file).")
    private @Nullable Double voxelSize;

    DensityMapOptions() {}

    /** Refuses a file that cannot be imported, before anything is written, and prints warnings about others. */
    void check(CopickContext context, Path file, PrintWriter err) {
        try (VolumeFile volume = VolumeFile.open(context, file, format, "--volume-format")) {
            volume.spatial(file);
            volume.voxelSize(voxelSize, file);
            volume.warn(err, voxelSize, file);
        }
    }

    /** Writes the density map of an object from a file. */
    void write(CopickContext context, Path file, PickableObject object, boolean replace) {
        try (VolumeFile volume = VolumeFile.open(context, file, format, "--volume-format")) {
            VolumeOptions options = VolumeOptions.defaults();
            object.newDensityMap(
                    volume.spatial(file),
                    volume.voxelSize(voxelSize, file),
                    replace ? options.onExisting(OnExisting.REPLACE) : options);
        }
    }

    /** Returns whether an object already has the density map in a file. */
    boolean isIn(CopickContext context, Path file, PickableObject object) {
        return Comparison.isEqual(() -> {
            Optional<Volume> map = object.findDensityMap();
            if (map.isEmpty()) {
                return false;
            }
            try (VolumeFile volume = VolumeFile.open(context, file, format, "--volume-format")) {
                double size = volume.voxelSize(voxelSize, file);
                return FORM.isIn(map.get(), volume.spatial(file))
                        && map.get()
                                .level(0)
                                .scale()
                                .filter(scale -> Arrays.stream(scale).allMatch(each -> each == size))
                                .isPresent();
            }
        });
    }
}
