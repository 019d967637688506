package org.copick.cli.project;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.CopyOptions;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.Shard;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKey;
import org.copick.error.AlreadyExistsException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Common parts of the {@code copick sync} commands. */
abstract class Sync implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    WalkOptions project = new WalkOptions();

    @Option(
            names = "--target-config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration of the other project, as a path or URL (required).")
    String target = "";

    @Option(
            names = "--source-runs",
            defaultValue = "",
            paramLabel = "RUN,RUN",
            description = "Runs to copy, separated by commas (default: all).")
    String sourceRuns = "";

    @Option(
            names = "--target-runs",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Runs to rename in the target, as OLD:NEW pairs (default: none).")
    String targetRuns = "";

    @Option(
            names = "--exist-ok",
            negatable = true,
            description = "Replace existing entities (default: refuse; equal ones count as copied).")
    boolean replace;

    @Option(names = "--log", negatable = true, description = "Print each copied entity (default: only the totals).")
    boolean log;

    /** Locations of tomograms that are left out, because others of their type are copied. */
    final List<String> repeated = new ArrayList<>();

    /** Prepares the filter of metadata; refuses unknown fields before anything is listed. */
    void prepare(Root from) {}

    /** Returns the entities of a run to copy, with their keys in the target run. */
    abstract Map<Entity, EntityKey> plan(Run run, String targetRun);

    /** Returns whether the target needs the objects of what is copied. */
    boolean needsObjects() {
        return false;
    }

    /** Returns the objects that the target needs, as source names by target name. */
    Map<String, String> objects(Set<Entity> sources) {
        return Map.of();
    }

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = commandLine.getErr();
        NameMap runs = NameMap.of(sourceRuns, targetRuns);
        List<String> failures = new ArrayList<>();
        Unread unread = new Unread(err);
        int copied = 0;
        int present = 0;
        try (Progress progress = Progress.on(err);
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root from = project.open(context);
                Root to = project.openOther(context, target)) {
            prepare(from);
            runs.accepted().forEach(from::run);
            Shard share = project.shard();
            if (!share.isWhole() && replace && runs.renames() && isOneProject(from, to)) {
                throw new CommandFailure("--shard cannot replace entities of renamed runs within a project, because"
                        + " one share would replace what another reads; run the command without --shard");
            }
            Map<Entity, EntityKey> all = new LinkedHashMap<>();
            for (Run run : project.runsOfAllShares(from)) {
                String name = runs.of(run.name());
                // the first share adds the objects that all need
                if (runs.accepts(run.name()) && (share.holds(name) || (needsObjects() && share.isFirst()))) {
                    unread.attempt(run.location(), () -> all.putAll(plan(run, name)));
                }
            }
            // by the target's name, so that runs which become one belong to one share
            Map<Entity, EntityKey> plan = new LinkedHashMap<>(all);
            plan.values().removeIf(key -> !share.holds(((EntityKey.InRun) key).run()));
            Map<EntityKey, Entity> taken = new LinkedHashMap<>();
            plan.forEach((entity, key) -> {
                Entity other = taken.put(key, entity);
                if (other != null) {
                    throw new CommandFailure(other.location() + " and " + entity.location()
                            + " would get the same name; nothing was copied");
                }
            });
            if (replace && isOneProject(from, to)) {
                EntityWalk.ontoSource(taken).ifPresent(copy -> {
                    throw new CommandFailure("the copy of " + copy.getValue().location()
                            + " would replace an entity that is copied, too; nothing was copied; name another project,"
                            + " or unused names");
                });
            }
            if (all.isEmpty() && share.isWhole() && unread.status() == ExitStatus.DONE) {
                err.println("copick: nothing matches the options; copick ls lists the entities");
            }
            addObjects(from, to, objects(all.keySet()), share.isFirst());
            int done = 0;
            for (Map.Entry<Entity, EntityKey> step : plan.entrySet()) {
                try {
                    boolean isNew = copy(to, step.getKey(), step.getValue());
                    copied += isNew ? 1 : 0;
                    present += isNew ? 0 : 1;
                    if (log) {
                        Printable.writtenRow(
                                commandLine.getOut(),
                                !isNew,
                                step.getKey().location(),
                                step.getValue().toString());
                    }
                } catch (OperationInterruptedException e) {
                    throw e;
                } catch (CopickException e) {
                    failures.add("cannot copy " + step.getKey().location() + ": "
                            + FailureMessage.withRemedy(e, Objects.requireNonNull(spec)));
                }
                progress.done(++done, plan.size());
            }
        }
        failures.forEach(failure -> err.println("copick: " + failure));
        repeated.forEach(location -> err.println(CopyCommand.repeated(location)));
        commandLine
                .getOut()
                .println(copied + " copied, " + (present == 0 ? "" : present + " there already, ") + failures.size()
                        + " failed");
        return failures.isEmpty() ? unread.status() : ExitStatus.FAILED;
    }

    /** Returns whether copies are written to a place that is also read. */
    private static boolean isOneProject(Root from, Root to) {
        return to.layers().stream()
                .anyMatch(layer -> !layer.readOnly() && from.layers().stream().anyMatch(own -> own.isPlaceOf(layer)));
    }

    /** Copies an entity; returns false if an equal one exists already. */
    private boolean copy(Root to, Entity source, EntityKey key) {
        String run = ((EntityKey.InRun) key).run();
        if (to.findRun(run).isEmpty()) {
            to.newRun(run, OnExisting.REUSE);
        }
        if (key instanceof EntityKey.Tomogram tomogram) {
            to.run(run).newVoxelSpacing(tomogram.size().angstrom(), OnExisting.REUSE);
        }
        CopyOptions options = CopyOptions.asStored();
        try {
            to.copy(source, key, replace ? options.onExisting(OnExisting.REPLACE) : options);
            return true;
        } catch (AlreadyExistsException e) {
            if (to.holdsCopy(source, key)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Adds the objects that the target lacks, with the next free label if theirs is taken.
     *
     * @param save whether to save the target's configuration, as one of several processes does
     */
    private static void addObjects(Root from, Root to, Map<String, String> byTargetName, boolean save) {
        boolean changed = false;
        for (Map.Entry<String, String> object : byTargetName.entrySet()) {
            if (to.findObject(object.getKey()).isPresent()) {
                continue;
            }
            ObjectDefinition definition = from.object(object.getValue()).definition();
            ObjectDefinition.Builder builder = definition.toBuilder().name(object.getKey());
            boolean taken = definition.label().isEmpty()
                    || to.objects().stream().anyMatch(other -> other.label().equals(definition.label()));
            to.addObject((taken ? builder.withoutLabel() : builder).build());
            changed = true;
        }
        if (changed && save) {
            to.save();
        }
    }
}
