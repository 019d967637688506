package org.copick.cli.project;

import picocli.CommandLine.Option;

/** Options for the objects whose annotations are copied, and for their names in the target. */
final class ObjectMapOptions {
    @Option(
            names = "--source-objects",
            defaultValue = "",
            paramLabel = "OBJECT,OBJECT",
            description = "Only these objects, separated by commas.")
    private String source = "";

    @Option(
            names = "--target-objects",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Rename objects in the target: SOURCE:TARGET,…")
    private String target = "";

    ObjectMapOptions() {}

    NameMap names() {
        return NameMap.of(source, target);
    }
}
