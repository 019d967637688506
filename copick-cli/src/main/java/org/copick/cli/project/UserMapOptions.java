package org.copick.cli.project;

import picocli.CommandLine.Option;

/** Options for the users whose annotations are copied, and for their ids in the target. */
final class UserMapOptions {
    @Option(
            names = "--source-users",
            defaultValue = "",
            paramLabel = "USER,USER",
            description = "Only these users, separated by commas.")
    private String source = "";

    @Option(
            names = "--target-users",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Rename users in the target: SOURCE:TARGET,…")
    private String target = "";

    UserMapOptions() {}

    NameMap names() {
        return NameMap.of(source, target);
    }
}
