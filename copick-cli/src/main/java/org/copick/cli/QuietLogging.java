package org.copick.cli;

/**
 * A configuration of {@code java.util.logging} without a console, because users of the command need no library logs.
 *
 * <p>It is public because Java's logging instantiates it by name.
 */
public final class QuietLogging {
    private static final String CHOSEN = "java.util.logging.config.class";

    public QuietLogging() {}

    /** Selects this configuration unless the user configured logging. */
    static void choose() {
        if (System.getProperty(CHOSEN) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(CHOSEN, QuietLogging.class.getName());
        }
    }
}
