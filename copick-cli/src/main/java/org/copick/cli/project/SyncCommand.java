package org.copick.cli.project;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code copick sync}, which copies selected entities to another project. */
@Command(
        name = "sync",
        description = "Copy selected entities to another project, with new names if needed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick sync picks --target-config other.json --source-objects ribosome",
            "  copick sync tomograms --target-config other.json --voxel-spacings 10"
        },
        subcommands = {SyncPicks.class, SyncMeshes.class, SyncSegmentations.class, SyncTomograms.class})
public final class SyncCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    SyncCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "say what to copy: picks, meshes, segmentations or tomograms");
    }
}
