package org.copick.cli.exchange;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options for the folder that entities are exported to. */
final class ExportFolder {
    @Option(
            names = "--output-dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write to, created if missing (required).")
    private Path folder = Path.of("");

    @Option(
            names = "--overwrite",
            negatable = true,
            description = "Replace existing files and folders (default: refuse).")
    private boolean overwrite;

    ExportFolder() {}

    Path path() {
        return folder;
    }

    boolean replaces() {
        return overwrite;
    }
}
