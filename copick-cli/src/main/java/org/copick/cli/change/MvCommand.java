package org.copick.cli.change;

import picocli.CommandLine.Command;

/** The command {@code copick mv}. */
@Command(
        name = "mv",
        description = "Move entities within the project, with everything in them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick mv picks proteasome:me/1 proteasome:bob/1 --dry-run",
            "  copick mv picks 'proteasome:me/*' 'proteasome:bob/{session_id}' --force"
        })
public final class MvCommand extends Transfer {
    MvCommand() {}

    @Override
    boolean moves() {
        return true;
    }
}
