package org.copick.cli.options;

/** Options for a project and its runs, of commands that one process runs as a whole. */
public final class ProjectOptions extends RunSelection {
    public ProjectOptions() {}
}
