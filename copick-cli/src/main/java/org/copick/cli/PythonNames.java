package org.copick.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Explains commands and options of Python's copick that this command does not have. */
final class PythonNames {
    private static final String ONE_LEVEL =
            "Zarr exports contain every level; an MRC export contains the level that --level names";
    private static final String INDEX_MAP =
            "it belongs to Dynamo and EM files, which this command does not read or write";
    private static final String CROISSANT = "Croissant files are not supported";
    private static final String RELION = "copick add picks reads RELION's STAR files";
    private static final String DYNAMO =
            "files of Dynamo and EM motivelists are not supported; convert them to STAR or CSV";

    /** Reasons by option, or by the words after {@code copick} of a command. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("--copy-all-levels", ONE_LEVEL),
            Map.entry("--level-only", ONE_LEVEL),
            Map.entry("--compression", "it belongs to TIFF, which this command does not write"),
            Map.entry("--index-map", INDEX_MAP),
            Map.entry("--no-create", "copick new run always creates the run; leave it out"),
            Map.entry(
                    "--source-dataset-ids",
                    "copick config dataportal writes a configuration that copick sync and copy can read"),
            Map.entry("browse", "copick ls lists a project, copick info sums it up"),
            Map.entry("deposit", "it makes a tree of symbolic links; copick copy copies a project"),
            Map.entry("config append-croissant", CROISSANT),
            Map.entry("config export-croissant", CROISSANT),
            Map.entry("config mlcroissant", CROISSANT),
            Map.entry("config set-splits", CROISSANT),
            Map.entry("add picks-relion", RELION),
            Map.entry(
                    "add tomograms-relion",
                    "copick add tomogram imports MRC and Zarr files, one or all that a pattern matches"),
            Map.entry("add picks-dynamo", DYNAMO),
            Map.entry("add picks-em", DYNAMO),
            Map.entry("add tomograms-dynamo", DYNAMO));

    private PythonNames() {}

    /** Returns why this command lacks an option or subcommand of Python's copick; empty for other words. */
    static Optional<String> reason(CommandSpec command, String word) {
        String parents = command.qualifiedName().replaceFirst("^copick ?", "");
        String key = word.startsWith("-") ? word.replaceFirst("=.*", "") : (parents + " " + word).strip();
        return Optional.ofNullable(REASONS.get(key));
    }
}
