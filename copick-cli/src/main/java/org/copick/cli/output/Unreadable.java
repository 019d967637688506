package org.copick.cli.output;

/** Messages about entities that commands could not read. */
public final class Unreadable {
    private Unreadable() {}

    /** A line that names what could not be read, once. */
    public static String line(String location, String message) {
        if (message.startsWith(location + ": ")) {
            return "cannot read " + message;
        }
        return message.contains(location) ? message : "cannot read " + location + ": " + message;
    }
}
