package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.Printable;
import org.copick.cli.walk.Comparison;
import org.copick.cli.walk.EntityWalk;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.ReadOnlyException;
import picocli.CommandLine;

/**
 * Imports into several runs.
 *
 * <p>An existing entity that equals the one to write counts as imported, so an interrupted import can be repeated. An
 * existing entity that differs is refused before anything is written. A failure in one run is reported, and the other
 * runs are imported.
 */
final class Imports {
    private final Root root;
    private final ImportFiles files;
    private final CommandLine commandLine;
    private final Map<Path, EntityKey.InRun> planned = new LinkedHashMap<>();
    private final Map<EntityKey.InRun, Entity> present = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private boolean failed;

    Imports(Root root, ImportFiles files, CommandLine commandLine) {
        this.root = root;
        this.files = files;
        this.commandLine = commandLine;
    }

    /**
     * Checks that an entity can be written.
     *
     * @param holds tests whether an existing entity equals the one to write
     * @throws CommandFailure when a different one exists and may not be replaced
     * @throws org.copick.error.NotFoundException when its run or voxel spacing is missing and may not be created
     */
    void require(EntityKey.InRun key, Predicate<Entity> holds) {
        Optional<Run> run = root.findRun(EntityNames.checkedRunName(key.run()));
        if (run.isEmpty()) {
            if (!files.creates()) {
                root.run(key.run());
            }
            missing.add(key.run());
            return;
        }
        if (!files.creates() && key instanceof EntityKey.Tomogram tomogram) {
            run.get().voxelSpacing(tomogram.size().angstrom());
        }
        if (!files.overwrite) {
            root.find(key).ifPresent(existing -> {
                if (!Comparison.isEqual(() -> holds.test(existing))) {
                    throw new CommandFailure(
                            existing.location() + " exists already; nothing was imported; --overwrite replaces it");
                }
                present.put(key, existing);
            });
        }
    }

    /**
     * Reads a file before anything is written; reports a file that cannot be read, and leaves it out of the import.
     *
     * @param reading reads the file and returns the key of its entity
     * @param holds tests whether an existing entity equals the one to write
     */
    void plan(Path file, Supplier<EntityKey.InRun> reading, Predicate<Entity> holds) {
        EntityKey.InRun key;
        try {
            key = reading.get();
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException e) {
            report(file.toString(), e);
            return;
        }
        require(key, holds);
        planned.put(file, key);
    }

    /** Returns the readable files, with the keys of their entities. */
    Map<Path, EntityKey.InRun> planned() {
        return planned;
    }

    /**
     * Writes an entity unless an equal one exists, and prints its location.
     *
     * @param source the imported file, for messages
     * @param details additional columns of the printed row
     */
    void write(String source, EntityKey.InRun key, Function<Run, ? extends Entity> writer, String... details) {
        String name = key.run();
        Entity known = present.get(key);
        try {
            Entity written = known == null ? writer.apply(files.run(root, name)) : known;
            List<String> row = new ArrayList<>(List.of(written.location()));
            row.addAll(List.of(details));
            Printable.writtenRow(commandLine.getOut(), known != null, row.toArray(String[]::new));
        } catch (OperationInterruptedException | ClosedException | ReadOnlyException e) {
            throw e;
        } catch (CopickException | CommandFailure e) {
            report(source, e);
            if (missing.contains(name)) {
                removeEmpty(name);
            }
        }
    }

    private void report(String source, RuntimeException failure) {
        failed = true;
        commandLine
                .getErr()
                .println("copick: " + failure(source, failure, commandLine).getMessage());
    }

    /** Removes a run that this import created and left empty. */
    private void removeEmpty(String name) {
        try {
            root.refresh();
            root.findRun(name).filter(Imports::isEmpty).ifPresent(Run::delete);
        } catch (OperationInterruptedException | ClosedException e) {
            throw e;
        } catch (CopickException e) {
            commandLine.getErr().println("copick: cannot remove the empty run " + name + ": " + FailureMessage.of(e));
        }
    }

    private static boolean isEmpty(Run run) {
        return run.unparsableNames().isEmpty()
                && EntityWalk.of(run, (location, action) -> action.run()).stream()
                        .allMatch(Imports::isContainer);
    }

    private static boolean isContainer(Entity entity) {
        return entity.key() instanceof EntityKey.Run || entity.key() instanceof EntityKey.Spacing;
    }

    /** Returns the failure of an import, with the source and a remedy. */
    static CommandFailure failure(String source, RuntimeException cause, CommandLine commandLine) {
        String message = FailureMessage.withRemedy(cause, commandLine.getCommandSpec());
        return new CommandFailure(
                message.contains(source) ? message : "cannot import " + source + ": " + message, cause);
    }

    /** Returns the exit status: failed if any failure was reported. */
    int status() {
        return failed ? ExitStatus.FAILED : ExitStatus.DONE;
    }
}
