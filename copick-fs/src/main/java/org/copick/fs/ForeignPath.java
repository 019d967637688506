package org.copick.fs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Detects paths with shell variables or of other systems. Such a root is a mistake, not the intended name of a folder.
 */
final class ForeignPath {
    /** A segment that is or contains a variable, unless the segment before it is {@code .}. */
    private static final Pattern VARIABLE = Pattern.compile(
            "(?:^|(?<!^[.])(?<!/[.])/)([$](?:env:)?[A-Za-z_]\\w*|[^/]*[$]\\{[^/}]*}[^/]*|%\\w+%)(?=[/\\\\]|$)");

    private static final Pattern DRIVE = Pattern.compile("/?[A-Za-z]:([/\\\\].*)?");

    private ForeignPath() {}

    /** Returns the problem with a path and its remedy, or an empty text. */
    static String problem(String path, boolean windows) {
        Matcher variable = VARIABLE.matcher(path);
        if (variable.find()) {
            return "the variable " + variable.group(1)
                    + " is not expanded; write the path of the folder, or ~/ for your home folder";
        }
        if (windows) {
            return "";
        }
        if (DRIVE.matcher(path).matches()) {
            return "this is a Windows path, and this system has no drives; write the path where the folder is mounted here,"
                    + " such as /mnt/c/…";
        }
        if (path.startsWith("\\\\")) {
            return "this is a Windows network path; write the path where the share is mounted here";
        }
        return path.indexOf('\\') >= 0 ? "it holds a backslash; write / between folders" : "";
    }
}
