package org.copick.cli.change;

import picocli.CommandLine.Command;

/** {@code copick mv}. */
@Command(name = "mv", description = "Move entities by URI, with everything in them.", mixinStandardHelpOptions = true)
public final class MvCommand extends Transfer {
    MvCommand() {}

    @Override
    boolean moves() {
        return true;
    }
}
