package org.copick.cli.exchange;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
import org.copick.cli.output.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files that are imported, and which run each goes to. */
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

    /** The files, in order; patterns are resolved. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String path : paths) {
            if (path.chars().noneMatch(ch -> ch == '*' || ch == '?' || ch == '[') || Files.exists(Path.of(path))) {
                requireTarget(Path.of(path));
                if (!Files.exists(Path.of(path))) {
                    throw new CommandFailure("no file at " + path + "; check the path");
                }
                files.add(Path.of(path));
                continue;
            }
            Path pattern = Path.of(path).toAbsolutePath();
            List<Path> matching = new ArrayList<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(
                    Objects.requireNonNull(pattern.getParent()),
                    Objects.requireNonNull(pattern.getFileName()).toString())) {
                found.forEach(matching::add);
            } catch (IOException e) {
                throw new CommandFailure("cannot list " + pattern.getParent(), e);
            }
            if (matching.isEmpty()) {
                throw new CommandFailure("no file matches " + path + "; check the pattern");
            }
            matching.sort(null);
            matching.forEach(ImportFiles::requireTarget);
            files.addAll(matching);
        }
        return files;
    }

    /** Refuses a link that leads nowhere, which is not a missing file. */
    private static void requireTarget(Path path) {
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new CommandFailure("cannot import " + path
                    + ": it is a link that leads nowhere; fetch the data that it" + " stands for");
        }
    }

    /** The run of each file; two files for one run are refused. */
    Map<Path, String> runs(List<String> named) {
        Map<Path, String> runs = new LinkedHashMap<>();
        for (Path file : files()) {
            String run = runOf(file, named);
            if (runs.containsValue(run)) {
                throw new CommandFailure("several files are for run " + run
                        + "; nothing was imported; --run-regex tells the run from a name");
            }
            runs.put(file, run);
        }
        return runs;
    }

    /** The name of the run that a file goes to. */
    String runOf(Path file, List<String> named) {
        if (named.size() > 1) {
            throw new CommandFailure(
                    "an import takes one --run, or none where the file names say the runs (--run-regex)");
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        return prefix + match(stem(file));
    }

    /** Whether the options say how names of files become those of runs. */
    boolean namesRuns() {
        return regex != null || !prefix.isEmpty();
    }

    /** The run of that name, created if it may be. */
    Run run(Root root, String name) {
        if (create) {
            return root.newRun(name, OnExisting.REUSE);
        }
        return root.run(name);
    }

    boolean creates() {
        return create;
    }

    /** A file's name without its extension. */
    static String stem(Path file) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** A file's extension in lower case, without the dot. */
    static String extension(Path file) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    /** The refusal of a file with an ending of this kind. */
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
            throw new CommandFailure("--run-regex is no regular expression: " + e.getDescription(), e);
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
