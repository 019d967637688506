package org.copick.cli.options;

import org.copick.Root;
import org.jspecify.annotations.Nullable;

/** User and session of new annotations: those of the options, else of the configuration, else defaults. */
public record Author(String user, String session) {
    /** The user where neither the options nor the configuration name one, as in Python. */
    private static final String NOBODY = "copick";

    public static final String USER_HELP =
            "User id of the annotations (default: the configuration's user_id, or " + NOBODY + ").";

    public static final String SESSION_HELP =
            "Session id of the annotations; 0 is for tools (default: the configuration's session_id, or ";

    /**
     * Returns the author of what is created in a project.
     *
     * @param user the option's value, or null
     * @param session the option's value, or null
     * @param otherwise the session where the configuration names none
     */
    public static Author of(Root root, @Nullable String user, @Nullable String session, String otherwise) {
        return new Author(
                user != null ? user : root.userId().orElse(NOBODY),
                session != null ? session : root.sessionId().orElse(otherwise));
    }
}
