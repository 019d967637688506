package org.copick.cli.output;

/** Messages about entities that commands could not read. */
public final class Unreadable {
    private Unreadable() {}

    /** Returns a line that names the location exactly once, even if the message names it, too. */
    public static String line(String location, String message) {
        if (message.startsWith(location + ": ")) {
            return "cannot read " + message;
        }
        return message.contains(location) ? message : "cannot read " + location + ": " + message;
    }
}
