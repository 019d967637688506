package org.copick.cli.project;

import picocli.CommandLine.Option;

/** Options for the objects whose annotations to copy, and for their names in the target. */
final class ObjectMapOptions {
    @Option(
            names = "--source-objects",
            defaultValue = "",
            paramLabel = "OBJECT,OBJECT",
            description = "Objects to copy, separated by commas (default: all).")
    private String source = "";

    @Option(
            names = "--target-objects",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Objects to rename in the target, as OLD:NEW pairs (default: none).")
    private String target = "";

    ObjectMapOptions() {}

    NameMap names() {
        return NameMap.of(source, target);
    }
}
