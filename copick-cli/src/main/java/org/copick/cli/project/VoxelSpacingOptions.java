package org.copick.cli.project;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.VoxelSize;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for the voxel spacings to copy. */
final class VoxelSpacingOptions {
    @Option(
            names = "--voxel-spacings",
            defaultValue = "",
            paramLabel = "Å,Å",
            description = "Voxel sizes to copy, in Å, separated by commas (default: all).")
    private String list = "";

    VoxelSpacingOptions() {}

    /** Returns a filter for voxel spacings that accepts the named ones, or all if none is named. */
    Predicate<VoxelSize> wanted() {
        List<VoxelSize> sizes = new ArrayList<>();
        for (String size : list.split(",", -1)) {
            if (!size.isBlank()) {
                try {
                    sizes.add(new VoxelSize(new OptionNumber.Positive().convert(size.strip())));
                } catch (TypeConversionException e) {
                    throw new CommandFailure(
                            "invalid voxel spacing \"" + size.strip() + "\"; write sizes in Å, such as 10,20", e);
                }
            }
        }
        return size -> sizes.isEmpty() || sizes.contains(size);
    }
}
