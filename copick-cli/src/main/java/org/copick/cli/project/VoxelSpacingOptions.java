package org.copick.cli.project;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.VoxelSize;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for the voxel spacings that are copied. */
final class VoxelSpacingOptions {
    @Option(
            names = "--voxel-spacings",
            defaultValue = "",
            paramLabel = "Å,Å",
            description = "Voxel sizes to copy, in Å, separated by commas (default: all).")
    private String list = "";

    VoxelSpacingOptions() {}

    /** Returns whether a voxel spacing is copied: one of those named, or any if none is. */
    Predicate<VoxelSize> wanted() {
        List<VoxelSize> sizes = new ArrayList<>();
        for (String size : list.split(",", -1)) {
            if (!size.isBlank()) {
                try {
                    sizes.add(new VoxelSize(new OptionNumber.Positive().convert(size.strip())));
                } catch (TypeConversionException e) {
                    throw new CommandFailure("\"" + size.strip() + "\" is no voxel spacing", e);
                }
            }
        }
        return size -> sizes.isEmpty() || sizes.contains(size);
    }
}
