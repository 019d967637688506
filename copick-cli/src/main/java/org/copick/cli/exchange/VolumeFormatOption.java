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

    void check(CommandLine commandLine) {
        if (!isMrc() && !format.equalsIgnoreCase("zarr")) {
            throw new CommandLine.ParameterException(commandLine, "--output-format is mrc or zarr");
        }
    }

    boolean isMrc() {
        return format.equalsIgnoreCase("mrc");
    }
}
