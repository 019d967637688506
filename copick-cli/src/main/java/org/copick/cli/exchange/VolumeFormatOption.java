package org.copick.cli.exchange;

import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option for the format of exported volumes. */
final class VolumeFormatOption {
    @Option(
            names = "--output-format",
            required = true,
            paramLabel = "mrc|zarr",
            description = "File format: mrc or zarr (required).")
    private String format = "";

    VolumeFormatOption() {}

    /** Refuses an unknown format. */
    void check(CommandLine commandLine) {
        if (!isMrc() && !format.equalsIgnoreCase("zarr")) {
            throw new CommandLine.ParameterException(commandLine, "--output-format must be mrc or zarr");
        }
    }

    /** Returns whether the format is MRC, else it is Zarr. */
    boolean isMrc() {
        return format.equalsIgnoreCase("mrc");
    }
}
