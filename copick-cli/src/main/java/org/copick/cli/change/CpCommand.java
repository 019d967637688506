package org.copick.cli.change;

import picocli.CommandLine.Command;

/** The command {@code copick cp}. */
@Command(
        name = "cp",
        description = "Copy entities within the project, with everything in them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick cp picks proteasome:me/1 proteasome:bob/2",
            "  copick cp picks 'ribosome:gapstop/*' 'ribosome:me/{session_id}' --force"
        })
public final class CpCommand extends Transfer {
    CpCommand() {}

    @Override
    boolean moves() {
        return false;
    }
}
