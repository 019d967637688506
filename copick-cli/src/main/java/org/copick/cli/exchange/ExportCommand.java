package org.copick.cli.exchange;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code copick export}, which writes files for other programs. */
@Command(
        name = "export",
        description = "Write volumes, picks and meshes as files for other programs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick export picks --picks-uri ribosome --output-format csv --output-file -",
            "  copick export mesh --mesh-uri membrane --output-dir out"
        },
        subcommands = {ExportTomogram.class, ExportSegmentation.class, ExportPicks.class, ExportMesh.class})
public final class ExportCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    ExportCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "say what to export: tomogram, segmentation, picks or mesh");
    }
}
