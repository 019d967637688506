package org.copick.cli.project;

import picocli.CommandLine.Option;

/** Options for the users whose annotations to copy, and for their ids in the target. */
final class UserMapOptions {
    @Option(
            names = "--source-users",
            defaultValue = "",
            paramLabel = "USER,USER",
            description = "Users to copy, separated by commas (default: all).")
    private String source = "";

    @Option(
            names = "--target-users",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Users to rename in the target, as OLD:NEW pairs (default: none).")
    private String target = "";

    UserMapOptions() {}

    NameMap names() {
        return NameMap.of(source, target);
    }
}
