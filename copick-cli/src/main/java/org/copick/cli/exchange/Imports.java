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
 * Imports into several runs. An existing entity that holds what would be written counts as imported, so that an import that
 * was interrupted can be repeated; one that differs is refused before anything is written. A failure in one run is reported,
 * and the others are imported.
 */
public final class Imports {
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
     * Refuses an entity that exists and differs, unless it may be replaced, and one whose run or voxel spacing is missing and
     * may not be created.
     *
     * @param holds whether an existing entity holds what would be written
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
     * Reads a file before anything is written. One that cannot be read is reported, and the others are imported.
     *
     * @param reading gives the key of the entity that the file becomes
     * @param holds whether an existing entity holds what the file does
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

    /** The files that could be read, with what they become. */
    Map<Path, EntityKey.InRun> planned() {
        return planned;
    }

    /**
     * Writes an entity unless it is there already, and prints where it is.
     *
     * @param source the imported file, for messages
     * @param details further columns of the printed line
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

    /** Removes a run that this import has created in vain. */
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

    /** The failure of an import, with the name of what was imported and with what helps. */
    static CommandFailure failure(String source, RuntimeException cause, CommandLine commandLine) {
        String message = FailureMessage.withRemedy(cause, commandLine.getCommandSpec());
        return new CommandFailure(
                message.contains(source) ? message : "cannot import " + source + ": " + message, cause);
    }

    /** The exit status. */
    int status() {
        return failed ? ExitStatus.FAILED : ExitStatus.DONE;
    }
}
