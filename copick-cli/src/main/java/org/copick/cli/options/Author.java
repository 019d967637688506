package org.copick.cli.options;

import org.copick.Root;
import org.jspecify.annotations.Nullable;

/**
 * The user and session of new annotations: from the options, else the configuration, else defaults.
 *
 * @param user the user id
 * @param session the session id
 */
public record Author(String user, String session) {
    /** The user id if neither the options nor the configuration name one, as in Python. */
    private static final String NOBODY = "copick";

    /** Help text of an option for the user id. */
    public static final String USER_HELP =
            "User id of the annotations (default: the configuration's user_id, or " + NOBODY + ").";

    /** Help text of an option for the session id; the default session and {@code ")."} complete it. */
    public static final String SESSION_HELP =
            "Session id of the annotations; 0 is for tools (default: the configuration's session_id, or ";

    /**
     * Returns the author of new annotations in a project.
     *
     * @param user the option's value, or null
     * @param session the option's value, or null
     * @param otherwise the session if the configuration names none
     */
    public static Author of(Root root, @Nullable String user, @Nullable String session, String otherwise) {
        return new Author(
                user != null ? user : root.userId().orElse(NOBODY),
                session != null ? session : root.sessionId().orElse(otherwise));
    }
}
