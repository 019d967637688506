package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.AnnotationId;
import org.copick.Entity;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.Author;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.exchange.PicksCsv;
import org.copick.exchange.RelionParticles;
import org.copick.exchange.RelionPoints;
import org.copick.exchange.StarFile;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick add picks}. */
@Command(
        name = "picks",
        description = {
            "Import picks from CSV or RELION STAR files.",
            "Scores, instances and orientations are imported, too. The columns run_name (CSV) and rlnTomoName or"
                    + " rlnMicrographName (STAR) name the run of each point; --run imports all points into one run."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add picks particles.star --object-name ribosome --user-id me",
            "  copick add picks points.csv --object-name ribosome --run TS_009"
        })
final class AddPicks implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Mixin
    private ImportFiles files = new ImportFiles();

    @Mixin
    private AnnotationOptions annotation = new AnnotationOptions();

    @Option(
            names = "--file-type",
            paramLabel = "csv|star",
            description = "Format of the files: csv or star (default: from the file name).")
    private @Nullable String fileType;

    @Option(
            names = "--voxel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description =
                    "STAR: voxel size of the tomogram whose centre is the origin, in Å; also the pixel size if no other"
                            + " is known (default: the smallest of the run).")
    private @Nullable Double voxelSize;

    @Option(
            names = "--tilt-series-pixel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description =
                    "STAR: pixel size of the tilt series, in Å, for pixel coordinates (default: from the STAR files).")
    private @Nullable Double pixelSize;

    @Option(
            names = "--tomograms-star",
            paramLabel = "FILE",
            description = "STAR: RELION's tomograms.star, with centres and pixel sizes (default: none).")
    private @Nullable Path tomogramsStar;

    @Option(
            names = "--relion-version",
            defaultValue = "auto",
            paramLabel = "auto|relion4|relion5",
            description =
                    "STAR: coordinates to read: relion4 pixel, relion5 centred, auto centred if present, else pixel"
                            + " (default: auto).")
    private String relionVersion = "auto";

    AddPicks() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        try (Root root = project.open()) {
            Author author = annotation.checkedAuthor(root);
            Map<String, List<Point>> byRun = new LinkedHashMap<>();
            List<String> empty = new ArrayList<>();
            for (Path file : files.files()) {
                Map<String, List<Point>> ofFile = read(root, file, commandLine);
                if (ofFile.isEmpty()) {
                    empty.add(file + " has a header and no rows");
                }
                ofFile.forEach((run, points) ->
                        byRun.computeIfAbsent(run, r -> new ArrayList<>()).addAll(points));
            }
            if (byRun.isEmpty()) {
                throw new CommandFailure(String.join(", ", empty) + "; nothing was imported");
            }
            empty.forEach(this::warn);
            byRun.keySet().removeIf(run -> !project.shard().holds(run));
            Imports imports = new Imports(root, files, commandLine);
            Map<EntityKey.Picks, List<Point>> byKey = new LinkedHashMap<>();
            byRun.forEach((run, points) ->
                    byKey.put(new EntityKey.Picks(run, annotation.object(), author.user(), author.session()), points));
            byKey.forEach((key, points) -> imports.require(key, existing -> holds(existing, key, points)));
            byKey.forEach((key, points) -> imports.write(
                    "the picks of run " + key.run(),
                    key,
                    run -> write(run, key, points),
                    String.valueOf(points.size())));
            return imports.status();
        }
    }

    private Map<String, List<Point>> read(Root root, Path file, CommandLine commandLine) {
        try {
            return read(root, file);
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException e) {
            throw Imports.failure(file.toString(), e, commandLine);
        }
    }

    private Map<String, List<Point>> read(Root root, Path file) {
        String type = fileType != null ? fileType.toLowerCase(Locale.ROOT) : ImportFiles.extension(file);
        Map<String, List<Point>> byName = switch (type) {
            case "csv" -> project.namesRuns() || files.namesRuns() ? PicksCsv.read(file) : PicksCsv.readNamed(file);
            case "star" -> star(root, file);
            case "gz", "bz2", "zip", "xz" -> throw ImportFiles.compressed(file, type);
            case "em", "tbl", "dynamo" ->
                throw new CommandFailure(file + ": " + type + " files are not supported; convert it to CSV or STAR");
            default ->
                throw new CommandFailure(
                        file + ": unknown picks format \"" + type + "\"; pass --file-type csv or star");
        };
        Map<String, List<Point>> byRun = new LinkedHashMap<>();
        byName.forEach((name, points) -> byRun.computeIfAbsent(run(root, file, type, name), r -> new ArrayList<>())
                .addAll(points));
        return byRun;
    }

    /** Returns the run of some points: from {@code --run}, else from the file, else from the file name. */
    private String run(Root root, Path file, String type, String name) {
        if (project.namesRuns()) {
            return files.runOf(file, project.runNames(root));
        }
        if (name.isEmpty()) {
            return runOfUnnamed(root, file, type);
        }
        EntityNames.checkedRunName(name);
        return type.equals("star") ? existing(root, name).orElse(name) : name;
    }

    /** Returns the name of an existing run: the name itself, else the name without Warp's pixel size. */
    private static Optional<String> existing(Root root, String name) {
        return WarpNames.of(name).stream()
                .filter(each -> root.findRun(each).isPresent())
                .findFirst();
    }

    private String runOfUnnamed(Root root, Path file, String type) {
        boolean star = type.equals("star");
        // as in Python, names of STAR files, which often hold one tomogram, may be runs; names of CSV files are not
        if (files.namesRuns()) {
            return files.runOf(file, List.of());
        }
        Optional<String> after = star ? existing(root, files.runOf(file, List.of())) : Optional.empty();
        if (after.isPresent()) {
            return after.get();
        }
        throw new CommandFailure("cannot import " + file + ": it does not name the run of its points ("
                + (star ? "rlnTomoName or rlnMicrographName" : "run_name") + "); pass --run, or --run-regex to take"
                + " the run from the file name");
    }

    private void warn(String warning) {
        Objects.requireNonNull(spec).commandLine().getErr().println("copick: warning: " + warning);
    }

    private Map<String, List<Point>> star(Root root, Path file) {
        RelionPoints.Coordinates coordinates = switch (relionVersion.toLowerCase(Locale.ROOT)) {
            case "auto" -> RelionPoints.Coordinates.AUTO;
            case "relion4" -> RelionPoints.Coordinates.PIXELS;
            case "relion5" -> RelionPoints.Coordinates.CENTERED;
            default -> throw new CommandFailure("--relion-version must be auto, relion4 or relion5");
        };
        RelionTomograms tomograms = new RelionTomograms(root, tomogramsStar, voxelSize, pixelSize, null);
        StarFile star = StarFile.read(file);
        Map<String, RelionPoints> read = RelionParticles.points(
                star,
                name -> tomograms.of(name, run(root, file, "star", name)),
                coordinates,
                pixelSize == null ? OptionalDouble.empty() : OptionalDouble.of(pixelSize));
        Map<String, List<Point>> points = new LinkedHashMap<>();
        Set<String> warnings = new LinkedHashSet<>();
        read.forEach((name, found) -> {
            if (found.source() == RelionPoints.Source.VOXELS) {
                warnings.add("its pixels were taken as voxels of the tomogram, because neither the pixel size of the"
                        + " tilt series nor the tomogram's centre is known; pass --tilt-series-pixel-size or"
                        + " --tomograms-star");
            }
            found.warnings().forEach(warning -> warnings.add(warning + "; pass --tilt-series-pixel-size to override"));
            points.put(name, found.points());
        });
        warnings.forEach(warning -> warn(file + ": " + warning));
        return points;
    }

    private static boolean holds(Entity existing, EntityKey.Picks key, List<Point> points) {
        return existing instanceof Picks picks
                && picks.document()
                        .equals(PicksDocument.empty(key.object(), key.user(), key.session(), key.run())
                                .withPoints(points));
    }

    private Picks write(Run run, EntityKey.Picks key, List<Point> points) {
        Optional<Picks> known = run.findPicks(AnnotationId.of(key));
        if (known.isEmpty() || !files.overwrite) {
            return run.newPicks(AnnotationId.of(key), points);
        }
        Picks own = known.get().writableCopy();
        own.write(points);
        return own;
    }
}
