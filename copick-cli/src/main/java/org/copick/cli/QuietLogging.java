package org.copick.cli;

/**
 * Makes {@code java.util.logging} start without a console: what libraries say there is not for the people who run the
 * command. Java's logging creates one by its name, which is why it is public.
 */
public final class QuietLogging {
    private static final String CHOSEN = "java.util.logging.config.class";

    public QuietLogging() {}

    /** Chooses this unless the user chose how to log. */
    static void choose() {
        if (System.getProperty(CHOSEN) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(CHOSEN, QuietLogging.class.getName());
        }
    }
}
