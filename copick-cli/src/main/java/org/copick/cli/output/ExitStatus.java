package org.copick.cli.output;

import picocli.CommandLine;

/** Exit statuses of the command. */
public final class ExitStatus {
    /** The command did its work. */
    public static final int DONE = 0;
    /** Something failed. */
    public static final int FAILED = 1;
    /** The command line is invalid. */
    public static final int WRONG_USAGE = CommandLine.ExitCode.USAGE;

    /** A comparison found differences. */
    public static final int DIFFERENT = 3;

    /** Status that shells report for programs that a closed pipe ended: 128 plus the number of SIGPIPE. */
    public static final int PIPE_CLOSED = 141;

    private ExitStatus() {}
}
