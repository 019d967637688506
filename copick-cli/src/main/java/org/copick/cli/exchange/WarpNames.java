package org.copick.cli.exchange;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tomograms that Warp wrote, such as {@code TS_001_10.00Apx}: the name of the series and the pixel size in Å. */
final class WarpNames {
    private static final Pattern WITH_SIZE = Pattern.compile("(.+)_\\d+(?:\\.\\d+)?Apx", Pattern.CASE_INSENSITIVE);

    private WarpNames() {}

    /** Possible names of a tomogram elsewhere: its whole name first, then without the pixel size if it has one. */
    static List<String> of(String name) {
        Matcher matcher = WITH_SIZE.matcher(name);
        return matcher.matches() ? List.of(name, matcher.group(1)) : List.of(name);
    }
}
