package org.copick.cli;

import picocli.CommandLine.Command;

/** {@code copick mv}. */
@Command(name = "mv", description = "Move entities by URI, with everything in them.", mixinStandardHelpOptions = true)
final class MvCommand extends Transfer {
    MvCommand() {}

    @Override
    boolean moves() {
        return true;
    }
}
