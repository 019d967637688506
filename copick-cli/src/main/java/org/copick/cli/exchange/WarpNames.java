package org.copick.cli.exchange;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tomograms by Warp, such as {@code TS_001_10.00Apx}: a tilt series and the pixel size in Å. */
final class WarpNames {
    private static final Pattern WITH_SIZE = Pattern.compile("(.+)_\\d+(?:\\.\\d+)?Apx", Pattern.CASE_INSENSITIVE);

    private WarpNames() {}

    /** Returns the possible names of the run: the whole name, then the name without a pixel size if it has one. */
    static List<String> of(String name) {
        Matcher matcher = WITH_SIZE.matcher(name);
        return matcher.matches() ? List.of(name, matcher.group(1)) : List.of(name);
    }
}
