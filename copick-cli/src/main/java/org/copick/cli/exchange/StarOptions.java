package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.copick.AnnotationId;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Filaments;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.EntityKind;
import org.copick.exchange.RelionOptions;
import org.copick.exchange.RelionRun;
import org.copick.picks.Filament;
import org.copick.picks.Point;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for writing picks as RELION particles, those of Python's command (spec section 14.5). */
final class StarOptions {
    @Option(
            names = "--voxel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description =
                    "STAR: voxel size of the tomogram whose centre is the origin, in Å (default: the smallest of the"
                            + " run).")
    private @Nullable Double voxelSize;

    @Option(
            names = "--tomo-type",
            paramLabel = "TYPE",
            description = "STAR: type of the tomogram whose centre is the origin (default: the first).")
    private @Nullable String tomogramType;

    @Option(
            names = "--tilt-series-pixel-size",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "STAR: pixel size of the tilt series, in Å, for pixel coordinates (default: from"
                    + " --tomograms-star).")
    private @Nullable Double pixelSize;

    @Option(
            names = "--tomograms-star",
            paramLabel = "FILE",
            description = "STAR: RELION's tomograms.star, with centres, pixel sizes and optics (default: none).")
    private @Nullable Path tomogramsStar;

    @Option(
            names = "--include-optics",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "STAR: write an optics table if the pixel sizes are known (default: --include-optics).")
    private boolean optics;

    @Option(
            names = "--coordinates",
            defaultValue = "auto",
            paramLabel = "auto|centered",
            description = "STAR: coordinates to write; auto writes all that are known, centered only (default:"
                    + " ${DEFAULT-VALUE}).")
    private String coordinates = "auto";

    @Option(
            names = "--star-layout",
            defaultValue = "particles",
            paramLabel = "particles|import",
            description = "STAR: particles is one table, import is an index and one file per run (default:"
                    + " ${DEFAULT-VALUE}).")
    private String layout = "particles";

    @Option(
            names = "--filament-columns",
            defaultValue = "auto",
            paramLabel = "auto|on|off",
            description = "STAR: columns for filaments; auto writes them if all objects are filaments (default:"
                    + " ${DEFAULT-VALUE}).")
    private String filamentColumns = "auto";

    @Option(
            names = "--filament-angles",
            defaultValue = "frame",
            paramLabel = "frame|pose",
            description =
                    "STAR: angles of filaments: frame is RELION's convention, pose plain particle angles (default:"
                            + " ${DEFAULT-VALUE}).")
    private String filamentAngles = "frame";

    @Option(
            names = "--polarity-from-filaments",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "STAR: read polarities from filaments (default: --polarity-from-filaments).")
    private boolean polarity;

    @Option(
            names = "--filaments-uri",
            paramLabel = "URI",
            description = "STAR: filaments to read polarities from, as a copick URI (default: the URI of the picks).")
    private @Nullable String filamentsUri;

    @Option(
            names = "--half-sets",
            defaultValue = "none",
            paramLabel = "none|filament",
            description =
                    "STAR: half sets to assign; filament keeps each filament in one half (default: ${DEFAULT-VALUE}).")
    private String halfSets = "none";

    /** The tomograms of the project; opened once, because that reads a file. */
    private @Nullable RelionTomograms tomograms;

    StarOptions() {}

    /** Returns whether the output is an index and one file per run, for RELION's import. */
    boolean importing() {
        return oneOf("--star-layout", layout, "particles", "import").equals("import");
    }

    /** Returns the options for RELION particles of these picks. */
    RelionOptions options(List<Picks> picks) {
        RelionOptions options = RelionOptions.DEFAULT
                .withOptics(optics)
                .withCenteredOnly(
                        oneOf("--coordinates", coordinates, "auto", "centered").equals("centered"));
        boolean halves = oneOf("--half-sets", halfSets, "none", "filament").equals("filament");
        boolean frame =
                oneOf("--filament-angles", filamentAngles, "frame", "pose").equals("frame");
        if (filaments(picks)) {
            return options.withFilaments(frame ? RelionOptions.Angles.FRAME : RelionOptions.Angles.POSE)
                    .withHalfSets(halves);
        }
        if (halves) {
            throw new CommandFailure(
                    "--half-sets filament needs the columns for filaments; pass --filament-columns on");
        }
        return options;
    }

    /** Returns the points of each run, with the known properties of its tomogram. */
    List<RelionRun> runs(Root root, List<Picks> picks) {
        RelionTomograms known = tomograms;
        if (known == null) {
            known = new RelionTomograms(root, tomogramsStar, voxelSize, pixelSize, tomogramType);
            tomograms = known;
        }
        return runs(known, picks);
    }

    private List<RelionRun> runs(RelionTomograms tomograms, List<Picks> picks) {
        boolean filaments = filaments(picks) && polarity;
        Map<Run, List<Picks>> byRun = new LinkedHashMap<>();
        for (Picks each : picks) {
            byRun.computeIfAbsent(each.run(), run -> new ArrayList<>()).add(each);
        }
        List<RelionRun> runs = new ArrayList<>();
        byRun.forEach((run, own) -> {
            List<Point> points = new ArrayList<>();
            Map<Long, Boolean> known = new HashMap<>();
            boolean told = false;
            for (Picks each : own) {
                points.addAll(each.points());
                Optional<Filaments> source = filaments ? source(run, each) : Optional.empty();
                if (source.isPresent()) {
                    told = true;
                    for (Filament filament : source.get().document().filaments()) {
                        known.merge(filament.instanceId(), filament.polarityKnown(), Boolean::logicalOr);
                    }
                }
            }
            runs.add(
                    told
                            ? new RelionRun(tomograms.of(run.name()), points, polarityOf(known, run))
                            : new RelionRun(tomograms.of(run.name()), points));
        });
        return runs;
    }

    private static LongPredicate polarityOf(Map<Long, Boolean> known, Run run) {
        return id -> {
            Boolean polar = known.get(id);
            if (polar == null) {
                throw new CommandFailure("the filaments of run " + run.name() + " do not include filament " + id
                        + ", whose polarity is needed; pass --no-polarity-from-filaments to do without");
            }
            return polar;
        };
    }

    private Optional<Filaments> source(Run run, Picks picks) {
        if (filamentsUri == null) {
            return run.findFilaments(
                    AnnotationId.of(picks.objectName()).user(picks.userId()).session(picks.sessionId()));
        }
        List<Entity> found = run.match(CopickUri.parse(EntityKind.FILAMENTS, filamentsUri));
        if (found.size() != 1) {
            throw new CommandFailure("--filaments-uri \"" + filamentsUri + "\" must match one entity in run "
                    + run.name() + "; it matches " + found.size());
        }
        return Optional.of((Filaments) found.get(0));
    }

    private boolean filaments(List<Picks> picks) {
        return switch (oneOf("--filament-columns", filamentColumns, "auto", "on", "off")) {
            case "on" -> true;
            case "off" -> false;
            default ->
                picks.stream()
                        .allMatch(each -> each.root()
                                .findObject(each.objectName())
                                .filter(object -> object.isFilament())
                                .isPresent());
        };
    }

    private static String oneOf(String option, String value, String... possible) {
        for (String each : possible) {
            if (each.equalsIgnoreCase(value)) {
                return each;
            }
        }
        throw new CommandFailure(option + " must be " + String.join(" or ", possible));
    }
}
