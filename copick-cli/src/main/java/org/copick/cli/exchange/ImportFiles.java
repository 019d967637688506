package org.copick.cli.exchange;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.Shard;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.DiskFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options for the files to import, and for the run of each file. */
final class ImportFiles {
    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files to import, or patterns in the last part of a path, such as 'tomograms/*.mrc'.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--run-regex",
            paramLabel = "REGEX",
            description = "Regular expression whose first group, found in a file name without extension, is the run"
                    + " (default: all of the name).")
    private @Nullable String regex;

    @Option(
            names = "--run-name-prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Text before run names that are made from file names (default: none).")
    private String prefix = "";

    @Option(
            names = "--create",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Create missing runs and voxel spacings; --no-create refuses them (default: create).")
    private boolean create = true;

    @Option(
            names = "--overwrite",
            negatable = true,
            description =
                    "Replace existing entities, or shadow read-only ones (default: refuse; equal entities count as"
                            + " imported).")
    boolean overwrite;

    ImportFiles() {}

    /**
     * Returns the files, with patterns resolved and their matches sorted.
     *
     * @throws CommandFailure when a file is missing or a pattern has no match
     */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String path : paths) {
            if (path.chars().noneMatch(ch -> ch == '*' || ch == '?' || ch == '[') || exists(path)) {
                requireTarget(Path.of(path));
                if (!Files.exists(Path.of(path))) {
                    throw new CommandFailure("no file at " + path + "; check the path");
                }
                files.add(Path.of(path));
                continue;
            }
            List<Path> matching = matching(path);
            if (matching.isEmpty()) {
                throw new CommandFailure("no file matches " + path + "; check the pattern");
            }
            matching.sort(null);
            matching.forEach(ImportFiles::requireTarget);
            files.addAll(matching);
        }
        return files;
    }

    /** Returns the files that match a pattern in the last part of a path. */
    private static List<Path> matching(String path) {
        // split as text, because a path with a star is invalid on Windows
        int last = Math.max(path.lastIndexOf('/'), path.lastIndexOf(File.separatorChar)) + 1;
        Path folder = Path.of(path.substring(0, last)).toAbsolutePath();
        List<Path> matching = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, path.substring(last))) {
            found.forEach(matching::add);
        } catch (PatternSyntaxException e) {
            throw new CommandFailure("invalid pattern " + path + ": " + e.getDescription(), e);
        } catch (DirectoryIteratorException e) {
            throw DiskFailure.of("list", folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw DiskFailure.of("list", folder, e);
        }
        return matching;
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Refuses a dangling symbolic link with a message of its own, because the link itself exists. */
    private static void requireTarget(Path path) {
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new CommandFailure(
                    "cannot import " + path + ": it is a symbolic link to a missing file; fetch that file first");
        }
    }

    /**
     * Returns the run of each file, for the files whose runs are in a share.
     *
     * @param named the runs that {@code --run} names
     * @throws CommandFailure when two files have the same run
     */
    Map<Path, String> runs(List<String> named, Shard share) {
        Map<Path, String> runs = new LinkedHashMap<>();
        for (Path file : files()) {
            String run = runOf(file, named);
            if (runs.containsValue(run)) {
                throw new CommandFailure("several files belong to run " + run
                        + "; nothing was imported; pass --run-regex to take the run from the file name");
            }
            runs.put(file, run);
        }
        runs.values().removeIf(run -> !share.holds(run));
        return runs;
    }

    /** Returns the name of the run of a file: the only one named, else the one in the file name. */
    String runOf(Path file, List<String> named) {
        if (named.size() > 1) {
            throw new CommandFailure(
                    "an import takes one --run, or none to take the runs from the file names (--run-regex); --run names "
                            + String.join(", ", named));
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        return prefix + match(stem(file));
    }

    /** Returns whether an option maps file names to runs. */
    boolean namesRuns() {
        return regex != null || !prefix.isEmpty();
    }

    /** Returns the run of a name; creates it if it is missing and the options allow that. */
    Run run(Root root, String name) {
        if (create) {
            return root.newRun(name, OnExisting.REUSE);
        }
        return root.run(name);
    }

    /** Returns whether missing runs and voxel spacings may be created. */
    boolean creates() {
        return create;
    }

    /** Returns a file name without its extension. */
    static String stem(Path file) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** Returns the extension of a file in lower case, without the dot. */
    static String extension(Path file) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the failure for a compressed file. */
    static CommandFailure compressed(Path file, String ending) {
        String program = ending.equals("gz") ? "gzip" : ending.equals("bz2") ? "bzip2" : ending;
        return new CommandFailure(file + " is compressed by " + program + "; unpack it first");
    }

    private String match(String stem) {
        if (regex == null) {
            return stem;
        }
        Matcher matcher;
        try {
            matcher = Pattern.compile(regex).matcher(stem);
        } catch (PatternSyntaxException e) {
            throw new CommandFailure("--run-regex is not a valid regular expression: " + e.getDescription(), e);
        }
        if (!matcher.find()
                || matcher.groupCount() < 1
                || matcher.group(1) == null
                || matcher.group(1).isEmpty()) {
            throw new CommandFailure("--run-regex " + regex + " finds no run in the name " + stem
                    + "; give another one, or name the run with --run");
        }
        return matcher.group(1);
    }
}
