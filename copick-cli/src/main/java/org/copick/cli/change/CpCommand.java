package org.copick.cli.change;

import picocli.CommandLine.Command;

/** {@code copick cp}. */
@Command(name = "cp", description = "Copy entities by URI, with everything in them.", mixinStandardHelpOptions = true)
public final class CpCommand extends Transfer {
    CpCommand() {}

    @Override
    boolean moves() {
        return false;
    }
}
