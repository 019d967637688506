package org.copick.spark;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.copick.CopickUri;
import org.copick.OnExisting;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.internal.names.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * The options of a read or write, checked.
 *
 * @param config the location of the configuration
 * @param table the table
 * @param fsArgs what to change in the configuration's file-system arguments, by {@code overlay_fs_args} or {@code
 *     static_fs_args} and the name of the argument; values are JSON or text, and may be secrets
 * @param tomogram the tomograms to read blocks of, as a copick URI
 * @param level the resolution level to read blocks of
 * @param block the shape of blocks in voxels: z, y, x
 * @param user the user of written rows that name none, or null for the configuration's
 * @param session the session of written rows that name none, or null for the configuration's
 * @param onExisting what to do with existing files when writing
 */
record SourceOptions(
        String config,
        TableKind table,
        Map<String, Map<String, String>> fsArgs,
        String tomogram,
        int level,
        List<Integer> block,
        @Nullable String user,
        @Nullable String session,
        OnExisting onExisting)
        implements Serializable {
    private static final List<String> FS_ARGS = List.of("overlay_fs_args", "static_fs_args");
    private static final List<String> NAMES =
            List.of("config", "table", "tomogram", "level", "block", "user", "session", "on_existing");

    /** Options that Spark adds by itself. */
    private static final List<String> OF_SPARK = List.of("path", "paths");

    /** Largest edge of a block in voxels: 512 MiB of data are more than most tasks can hold. */
    private static final int LONGEST_EDGE = 512;

    private static final String DEFAULT_EDGE = "64";

    /**
     * Checks options.
     *
     * @param given options as the caller wrote them; the case of names does not count
     * @throws InvalidConfigException if one is missing, unknown or invalid; the message has no values of credentials
     */
    static SourceOptions of(Map<String, String> given) {
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, Map<String, String>> fsArgs = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            int dot = lower.indexOf('.');
            String first = dot < 0 ? lower : lower.substring(0, dot);
            if (dot > 0 && FS_ARGS.contains(first) && dot < name.length() - 1) {
                fsArgs.computeIfAbsent(first, any -> new LinkedHashMap<>()).put(name.substring(dot + 1), value);
            } else if (NAMES.contains(lower) || OF_SPARK.contains(lower)) {
                plain.put(lower, value);
            } else {
                throw unknown(name);
            }
        });
        return new SourceOptions(
                config(plain),
                table(plain),
                fsArgs,
                tomogram(plain.getOrDefault("tomogram", "*")),
                number("level", plain.getOrDefault("level", "0"), 0, Integer.MAX_VALUE),
                block(plain.getOrDefault("block", DEFAULT_EDGE)),
                plain.get("user"),
                plain.get("session"),
                onExisting(plain.getOrDefault("on_existing", "refuse")));
    }

    private static String config(Map<String, String> options) {
        String path = options.get("path");
        String config = options.get("config");
        if (options.containsKey("paths")) {
            throw new InvalidConfigException(
                    "format copick reads one project at a time; load each configuration and combine them by union");
        }
        if (path != null && config != null && !path.equals(config)) {
            throw new InvalidConfigException("two configurations are named, " + path + " by load() and " + config
                    + " by the option config; name one");
        }
        String named = path == null ? config : path;
        if (named == null || named.isBlank()) {
            throw new InvalidConfigException("format copick needs the configuration of a project; add"
                    + " .option(\"config\", PATH or URL), or call load(PATH or URL)");
        }
        return named;
    }

    private static TableKind table(Map<String, String> options) {
        String name = options.get("table");
        if (name == null) {
            throw new InvalidConfigException(
                    "format copick needs a table; add .option(\"table\", …) with one of " + TableKind.names());
        }
        return TableKind.named(name)
                .orElseThrow(() -> new InvalidConfigException(
                        "no table \"" + name + "\" in format copick; the option table is one of " + TableKind.names()));
    }

    private static String tomogram(String uri) {
        try {
            CopickUri.parse(EntityKind.TOMOGRAM, uri);
        } catch (InvalidNameException e) {
            throw new InvalidConfigException(
                    "invalid option tomogram: " + e.getMessage() + "; write TYPE@SPACING such as wbp@10.0", e);
        }
        return uri;
    }

    private static List<Integer> block(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 1 && parts.length != 3) {
            throw new InvalidConfigException(
                    "invalid option block: \"" + text + "\"; write one number of voxels, or three as in 64,64,64");
        }
        int z = number("block", parts[0], 1, LONGEST_EDGE);
        return parts.length == 1
                ? List.of(z, z, z)
                : List.of(z, number("block", parts[1], 1, LONGEST_EDGE), number("block", parts[2], 1, LONGEST_EDGE));
    }

    private static int number(String option, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new InvalidConfigException("invalid option " + option + ": \"" + text + "\" is not a whole number from "
                + least + (most == Integer.MAX_VALUE ? "" : " to " + most));
    }

    private static OnExisting onExisting(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "refuse" -> OnExisting.FAIL;
            case "replace" -> OnExisting.REPLACE;
            default ->
                throw new InvalidConfigException(
                        "invalid option on_existing: \"" + text + "\"; write refuse or replace");
        };
    }

    private static InvalidConfigException unknown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isArgument = FS_ARGS.stream().anyMatch(lower::startsWith);
        String hint = isArgument
                ? "write overlay_fs_args.KEY or static_fs_args.KEY, once for each argument"
                : Nearest.to(lower, NAMES)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("options are " + String.join(", ", NAMES)
                                + ", overlay_fs_args.KEY and static_fs_args.KEY");
        return new InvalidConfigException("format copick has no option \"" + name + "\"; " + hint);
    }

    /** Returns text without the file-system arguments, which may be secrets. */
    @Override
    public String toString() {
        return table.text() + " of " + config;
    }
}
