package org.copick.cli.options;

import org.copick.Root;
import org.copick.Run;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the user and session of imported annotations. */
public final class AuthorOptions {
    private static final String NO_SESSION = "1";

    @Option(names = "--user-id", paramLabel = "USER", description = Author.USER_HELP)
    private @Nullable String user;

    @Option(names = "--session-id", paramLabel = "SESSION", description = Author.SESSION_HELP + NO_SESSION + ").")
    private @Nullable String session;

    public AuthorOptions() {}

    /** Returns the author of new annotations in a project. */
    public Author of(Root root) {
        return Author.of(root, user, session, NO_SESSION);
    }

    /** Returns the author of new annotations in a run. */
    public Author of(Run run) {
        return of(run.root());
    }
}
