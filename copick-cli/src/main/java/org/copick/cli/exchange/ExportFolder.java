package org.copick.cli.exchange;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options for the folder that entities are exported to. */
final class ExportFolder {
    @Option(names = "--output-dir", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path folder = Path.of("");

    @Option(names = "--overwrite", negatable = true, description = "Replace files and folders that exist.")
    private boolean overwrite;

    ExportFolder() {}

    Path path() {
        return folder;
    }

    boolean replaces() {
        return overwrite;
    }
}
