package org.copick.cli;

import picocli.CommandLine;

/** Exit statuses of the command. */
final class ExitStatus {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = CommandLine.ExitCode.USAGE;

    /** A comparison found differences. */
    static final int DIFFERENT = 3;

    /** Status that shells report for programs that a closed pipe ended: 128 plus the number of SIGPIPE. */
    static final int PIPE_CLOSED = 141;

    private ExitStatus() {}
}
