package org.copick.cli.exchange;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code copick add}, which imports files. */
@Command(
        name = "add",
        description = "Add objects, and import volumes, picks and meshes from files.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add tomogram wbp.mrc --run TS_009",
            "  copick add picks particles.star --object-name ribosome"
        },
        subcommands = {
            AddObject.class,
            AddObjectVolume.class,
            AddTomogram.class,
            AddSegmentation.class,
            AddPicks.class,
            AddMesh.class
        })
public final class AddCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    AddCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "say what to add: object, object-volume, tomogram, segmentation, picks or mesh");
    }
}
