package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.FileName;
import org.copick.cli.output.OutputFile;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKind;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.exchange.PicksCsv;
import org.copick.exchange.RelionParticles;
import org.copick.exchange.RelionRun;
import org.copick.exchange.StarFile;
import org.copick.exchange.Table;
import org.copick.picks.Point;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick export picks}. */
@Command(
        name = "picks",
        description = {
            "Write picks as CSV or RELION STAR files.",
            "With --output-dir the files are DIR/RUN_OBJECT_USER_SESSION.csv or .star; --output-file writes all"
                    + " picks to one file. Options whose description begins with STAR: apply to STAR files only."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick export picks --picks-uri ribosome --output-format csv --output-file -",
            "  copick export picks --picks-uri ribosome --output-format star --output-dir out"
        })
final class ExportPicks implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    @Mixin
    private StarOptions star = new StarOptions();

    @Option(
            names = "--picks-uri",
            required = true,
            paramLabel = "URI",
            description = "Picks to export, as a copick URI such as ribosome:alice/* (required).")
    private String uri = "";

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            description = "Folder for one file per picks entity; give this or --output-file (default: none).")
    private @Nullable Path folder;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "File for all picks, - for standard output; give this or --output-dir (default: none).")
    private @Nullable Path file;

    @Option(
            names = "--output-format",
            required = true,
            paramLabel = "csv|star",
            description = "File format: csv or star (required).")
    private String format = "";

    @Option(names = "--overwrite", negatable = true, description = "Replace existing files (default: refuse).")
    private boolean overwrite;

    /** The runs in the written STAR files, reduced to what warnings need. */
    private final List<RelionRun> written = new ArrayList<>();

    ExportPicks() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        boolean csv = format.toLowerCase(Locale.ROOT).equals("csv");
        if (!csv && !format.toLowerCase(Locale.ROOT).equals("star")) {
            throw new CommandLine.ParameterException(commandLine, "--output-format must be csv or star");
        }
        if ((folder == null) == (file == null)) {
            throw new CommandLine.ParameterException(commandLine, "give either --output-dir or --output-file");
        }
        if (file != null && !goesToStandardOutput() && !project.shard().isWhole()) {
            throw new CommandLine.ParameterException(
                    commandLine,
                    "--shard needs --output-dir, or --output-file -, because all shares would write " + file);
        }
        if (star.importing() && (csv || file == null || goesToStandardOutput())) {
            throw new CommandLine.ParameterException(
                    commandLine, "--star-layout import needs --output-format star and an --output-file on disk");
        }
        Unread unread = new Unread(commandLine.getErr());
        try (Root root = project.open()) {
            CopickUri wanted = CopickUri.parse(EntityKind.PICKS, uri);
            Predicate<Entity> accepted = metadata.accepted(root, EnumSet.of(EntityKind.PICKS));
            List<Picks> found = new ArrayList<>();
            for (Run run : project.runs(root)) {
                EntityWalk.matching(run, wanted, unread).stream()
                        .filter(accepted)
                        .forEach(entity -> found.add((Picks) entity));
            }
            if (found.isEmpty()
                    && (unread.status() != ExitStatus.DONE || !project.shard().isWhole())) {
                return unread.status();
            }
            if (found.isEmpty()) {
                throw new CommandFailure("no picks match \"" + uri + "\"; copick ls lists the entities");
            }
            if (!goesToStandardOutput()) {
                requireOwnFiles(found, csv);
                ExportPaths.requireFree(targets(found, csv), overwrite);
            }
            List<Picks> finite = exportable(found, commandLine);
            List<Picks> read = csv ? finite : withTomograms(root, finite, unread);
            if (read.isEmpty()) {
                return ExitStatus.FAILED;
            }
            if (goesToStandardOutput()) {
                OutputFile.print(commandLine.getOut(), temporary -> write(root, temporary, read, csv));
            } else if (file != null) {
                write(root, file, read, csv);
                commandLine.getOut().println(file);
            } else {
                for (Picks picks : read) {
                    write(root, target(picks, csv), List.of(picks), csv);
                    commandLine.getOut().println(target(picks, csv));
                }
            }
            warn(read, commandLine);
            return read.size() == found.size() ? unread.status() : ExitStatus.FAILED;
        }
    }

    private boolean goesToStandardOutput() {
        return file != null && file.toString().equals("-");
    }

    /** Returns the picks that can be exported, and reports the others. */
    private static List<Picks> exportable(List<Picks> found, CommandLine commandLine) {
        List<Picks> finite = new ArrayList<>();
        for (Picks picks : readable(found, commandLine)) {
            Optional<String> problem = picks.document().notFinite();
            if (problem.isPresent()) {
                commandLine
                        .getErr()
                        .println("copick: not exported: " + picks.location() + ": " + problem.get()
                                + "; numbers must be finite, so remove or correct it");
            } else {
                finite.add(picks);
            }
        }
        return finite;
    }

    /** Returns the picks of runs whose tomograms can be read, as STAR files need, and reports the others. */
    private List<Picks> withTomograms(Root root, List<Picks> picks, Unread unread) {
        List<Picks> readable = new ArrayList<>();
        for (List<Picks> own : byRun(picks).values()) {
            unread.attempt(own.get(0).run().location(), () -> {
                star.runs(root, own);
                readable.addAll(own);
            });
        }
        return readable;
    }

    /** Loads picks in parallel, and returns those that can be read; reports the others. */
    private static List<Picks> readable(List<Picks> found, CommandLine commandLine) {
        try {
            Picks.load(found);
            return found;
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (CopickException e) {
            List<Picks> read = new ArrayList<>();
            for (Picks picks : found) {
                try {
                    Picks.load(List.of(picks));
                    read.add(picks);
                } catch (OperationInterruptedException interrupted) {
                    throw interrupted;
                } catch (CopickException unreadable) {
                    commandLine.getErr().println("copick: not exported: " + FailureMessage.of(unreadable));
                }
            }
            return read;
        }
    }

    /** Warns, once for all files, of data that RELION needs and of transforms that angles cannot express. */
    private void warn(List<Picks> picks, CommandLine commandLine) {
        if (written.isEmpty()) {
            return;
        }
        List<String> ofRotations = RelionParticles.rotationWarnings(written);
        // RELION's import reads the optics from other files
        List<String> warnings = star.importing() ? ofRotations : RelionParticles.warnings(written, star.options(picks));
        for (String warning : warnings) {
            commandLine
                    .getErr()
                    .println("copick: warning: " + (file != null ? file : folder) + ": " + warning
                            + (ofRotations.contains(warning)
                                    ? ""
                                    : "; see --tomograms-star and --tilt-series-pixel-size"));
        }
    }

    private void requireOwnFiles(List<Picks> found, boolean csv) {
        if (folder != null) {
            ExportPaths paths = new ExportPaths();
            found.forEach(picks -> paths.take(target(picks, csv), picks.location()));
        }
    }

    /** Returns the files to write. */
    private List<Path> targets(List<Picks> found, boolean csv) {
        if (file == null) {
            return found.stream().map(picks -> target(picks, csv)).toList();
        }
        List<Path> targets = new ArrayList<>(List.of(file));
        if (star.importing()) {
            found.forEach(picks -> targets.add(coordinates(file, picks.run().name())));
        }
        return targets;
    }

    /** Returns the file of one picks entity. */
    private Path target(Picks picks, boolean csv) {
        return Objects.requireNonNull(folder).resolve(ExportPaths.name(picks) + (csv ? ".csv" : ".star"));
    }

    /** Returns the file of a run that an index for RELION names. */
    private static Path coordinates(Path index, String run) {
        return index.resolveSibling("coordinates").resolve(FileName.of(run + ".star"));
    }

    private void write(Root root, Path target, List<Picks> picks, boolean csv) {
        if (csv) {
            Map<String, List<Point>> byRun = new LinkedHashMap<>();
            for (Picks each : picks) {
                byRun.computeIfAbsent(each.run().name(), run -> new ArrayList<>())
                        .addAll(each.points());
            }
            ExportPaths.createParent(target);
            PicksCsv.write(target, byRun);
        } else if (star.importing()) {
            writeImport(root, target, picks);
        } else {
            List<RelionRun> runs = star.runs(root, picks);
            runs.forEach(run -> written.add(run.forWarnings()));
            StarFile particles = RelionParticles.star(runs, star.options(picks));
            ExportPaths.createParent(target);
            particles.write(target);
        }
    }

    private static Map<String, List<Picks>> byRun(List<Picks> picks) {
        Map<String, List<Picks>> byRun = new LinkedHashMap<>();
        for (Picks each : picks) {
            byRun.computeIfAbsent(each.run().name(), run -> new ArrayList<>()).add(each);
        }
        return byRun;
    }

    /** Writes an index and one file per run beside it (spec section 14.5). */
    private void writeImport(Root root, Path index, List<Picks> picks) {
        Map<String, StarFile> files = new LinkedHashMap<>();
        byRun(picks).forEach((run, own) -> {
            List<RelionRun> points = star.runs(root, own);
            points.forEach(each -> written.add(each.forWarnings()));
            files.put(run, RelionParticles.star(points, star.options(picks).withOptics(false)));
        });
        List<String> runs = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        files.forEach((run, particles) -> {
            Path path = coordinates(index, run);
            ExportPaths.createParent(path);
            particles.write(path);
            runs.add(run);
            paths.add(path.toString().replace('\\', '/'));
        });
        StarFile.of(Map.of(
                        "coordinate_files",
                        Table.builder()
                                .strings("rlnTomoName", runs)
                                .strings("rlnTomoImportParticleFile", paths)
                                .build()))
                .write(index);
    }
}
