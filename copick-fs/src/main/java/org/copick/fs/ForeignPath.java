package org.copick.fs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths as shells and other systems write them, of which nobody wants a folder of that very name. */
final class ForeignPath {
    /** A part that is all variable, unless the part before it is a dot. */
    private static final Pattern VARIABLE = Pattern.compile(
            "(?:^|(?<!^[.])(?<!/[.])/)([$](?:env:)?[A-Za-z_]\\w*|[^/]*[$]\\{[^/}]*}[^/]*|%\\w+%)(?=[/\\\\]|$)");

    private static final Pattern DRIVE = Pattern.compile("/?[A-Za-z]:([/\\\\].*)?");

    private ForeignPath() {}

    /** Returns the problem with a path and what to do, or empty text. */
    static String problem(String path, boolean windows) {
        Matcher variable = VARIABLE.matcher(path);
        if (variable.find()) {
            return "the variable " + variable.group(1)
                    + " is not replaced; write the folder itself, or ~/ for your home";
        }
        if (windows) {
            return "";
        }
        if (DRIVE.matcher(path).matches()) {
            return "this is a path of Windows, and this system has no drives; write where the folder is mounted here, as"
                    + " in /mnt/c/…";
        }
        if (path.startsWith("\\\\")) {
            return "this is a network path of Windows; write where the share is mounted here";
        }
        return path.indexOf('\\') >= 0 ? "it holds a backslash; write / between folders" : "";
    }
}
