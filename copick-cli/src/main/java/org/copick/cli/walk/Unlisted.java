package org.copick.cli.walk;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folders that a walk could not list, so that each is reported once. */
public final class Unlisted {
    private static final Pattern FOLDER = Pattern.compile("cannot list (.+?)/?: ", Pattern.DOTALL);

    private final Set<String> folders = new HashSet<>();

    /** Returns whether a failure concerns a folder that is neither reported yet nor inside a reported one. */
    public boolean isNew(String message) {
        if (folders.stream().anyMatch(folder -> message.contains(folder + "/"))) {
            return false;
        }
        Matcher listing = FOLDER.matcher(message);
        return !listing.find() || folders.add(listing.group(1));
    }
}
