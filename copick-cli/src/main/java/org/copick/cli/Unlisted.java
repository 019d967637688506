package org.copick.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Folders that a walk could not list, each of which is told once, whatever was looked for in it. */
final class Unlisted {
    private static final Pattern FOLDER = Pattern.compile("cannot list (.+?)/?: ");

    private final Set<String> folders = new HashSet<>();

    /** Whether a failure is not one of a folder that was told already, or of something in it. */
    boolean isNew(String message) {
        if (folders.stream().anyMatch(folder -> message.contains(folder + "/"))) {
            return false;
        }
        Matcher listing = FOLDER.matcher(message);
        return !listing.find() || folders.add(listing.group(1));
    }
}
