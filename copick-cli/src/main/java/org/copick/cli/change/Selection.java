package org.copick.cli.change;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.Kinds;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.entity.EntityKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Common parts of commands that change entities by URI. */
abstract class Selection {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Option(names = "--dry-run", description = "Print what would be done, and change nothing (default: do it).")
    boolean dryRun;

    @Option(
            names = "--force",
            description = "Accept a pattern, or a name that several runs have (default: refuse; --dry-run shows the"
                    + " matches).")
    boolean force;

    Selection() {}

    /** Returns a further test for the entities of a kind that a URI matches. */
    Predicate<Entity> accepted(Root root, EntityKind kind) {
        return entity -> true;
    }

    CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /**
     * Returns the entities that match a URI.
     *
     * @throws CommandFailure when there are none
     */
    List<Entity> select(Root root, EntityKind kind, String text) {
        CopickUri uri = uri(kind, text);
        Predicate<Entity> accepted = accepted(root, kind);
        List<Entity> found = new ArrayList<>();
        for (Run run : project.runs(root)) {
            run.match(uri).stream().filter(accepted).forEach(found::add);
        }
        if (found.isEmpty()) {
            throw new CommandFailure("nothing matches \"" + text + "\""
                    + (project.namesRuns() ? " in the given runs" : " in any run") + "; copick ls lists the entities");
        }
        return found;
    }

    /** Returns the entities that several targets select: runs by name, voxel spacings by size in Å, others by URI. */
    List<Entity> select(Root root, String type, List<String> targets) {
        List<String> distinct = targets.stream().distinct().toList();
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "run" -> distinct.stream().<Entity>map(root::run).toList();
            case "voxelspacing" -> spacings(root, distinct);
            default -> {
                EntityKind kind = kind(type);
                Set<Entity> found = new LinkedHashSet<>();
                distinct.forEach(uri -> found.addAll(select(root, kind, uri)));
                yield List.copyOf(found);
            }
        };
    }

    /** Parses a URI; refuses a pattern without {@code --force} or {@code --dry-run}. */
    CopickUri uri(EntityKind kind, String text) {
        CopickUri uri = CopickUri.parse(kind, text);
        if (uri.isPattern() && !force && !dryRun) {
            throw new CommandFailure("\"" + text + "\" can match several entities; list them with --dry-run,"
                    + " then repeat with --force");
        }
        return uri;
    }

    /** Returns the types without URIs, whose entities are selected by name. */
    List<String> namedTypes() {
        return List.of();
    }

    /** Refuses an unknown type; called before the project is opened. */
    void requireType(String type) {
        if (!namedTypes().contains(type.toLowerCase(Locale.ROOT))) {
            kind(type);
        }
    }

    EntityKind kind(String type) {
        try {
            return new Kinds().convert(type);
        } catch (CommandLine.TypeConversionException e) {
            List<String> types = new ArrayList<>(Kinds.NAMES);
            types.addAll(namedTypes());
            throw new CommandLine.ParameterException(
                    commandLine(), "unknown TYPE \"" + type + "\"; use one of " + String.join(", ", types), e);
        }
    }

    static double spacing(String target) {
        try {
            return Double.parseDouble(target);
        } catch (NumberFormatException e) {
            throw new CommandFailure("invalid voxel spacing \"" + target + "\"; write its size in Å, such as 10.0", e);
        }
    }

    private List<Entity> spacings(Root root, List<String> targets) {
        List<Entity> found = new ArrayList<>();
        for (String target : targets) {
            double size = spacing(target);
            List<Entity> inRuns = new ArrayList<>();
            for (Run run : project.runs(root)) {
                run.findVoxelSpacing(size).ifPresent(inRuns::add);
            }
            if (inRuns.isEmpty()) {
                throw new CommandFailure("no run has the voxel spacing " + target + "; copick ls lists the entities");
            }
            if (inRuns.size() > 1 && !force && !dryRun) {
                throw new CommandFailure(inRuns.size() + " runs have the voxel spacing " + target
                        + "; name the runs with --run, or repeat with --force");
            }
            found.addAll(inRuns);
        }
        return found;
    }

    /**
     * Refuses entities of read-only layers.
     *
     * @param remedy the alternative, for the message
     */
    static void requireWritable(List<? extends Entity> entities, String remedy) {
        for (Entity entity : entities) {
            if (entity.readOnly()) {
                throw new CommandFailure(entity.location() + " lies in the read-only layer "
                        + entity.layer().name() + "; nothing was changed; " + remedy);
            }
        }
    }
}
