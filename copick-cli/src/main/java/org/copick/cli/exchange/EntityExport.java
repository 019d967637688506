package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.copick.CopickContext;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Common parts of commands that write separate files for each entity. */
abstract class EntityExport<E extends Entity> implements Callable<Integer> {
    private final Class<E> type;
    private final EntityKind kind;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    EntityExport(Class<E> type, EntityKind kind) {
        this.type = type;
        this.kind = kind;
    }

    /** Refuses invalid options; called before the project is opened. */
    void checkOptions(CommandLine commandLine) {}

    /** Returns the copick URI of the entities to export. */
    abstract String uri();

    /** Returns a test for the entities to export among those that the URI matches. */
    Predicate<Entity> accepted(Root root) {
        return entity -> true;
    }

    /** Returns the options for the target folder. */
    abstract ExportFolder folder();

    /** Returns a path for the entity that no other entity has. */
    abstract Path place(E entity);

    /** Returns the files and folders to write for an entity, from its path. */
    List<Path> files(Path place, E entity) {
        return List.of(place);
    }

    /** Writes an entity to its files and folders. */
    abstract void write(CopickContext context, Path place, E entity);

    @Override
    public final Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        checkOptions(commandLine);
        Unread unread = new Unread(commandLine.getErr());
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            Map<Path, E> plan = plan(root, unread);
            if (plan.isEmpty() && project.shard().isWhole()) {
                throw new CommandFailure("no " + kind.name().toLowerCase(Locale.ROOT) + " matches \"" + uri()
                        + "\"; copick ls lists the entities");
            }
            ExportPaths.requireFree(
                    plan.entrySet().stream()
                            .flatMap(step -> files(step.getKey(), step.getValue()).stream())
                            .toList(),
                    folder().replaces());
            int done = 0;
            progress.done(done, plan.size());
            for (Map.Entry<Path, E> step : plan.entrySet()) {
                E entity = step.getValue();
                unread.attempt(entity.location(), () -> {
                    write(context, step.getKey(), entity);
                    files(step.getKey(), entity).forEach(commandLine.getOut()::println);
                });
                progress.done(++done, plan.size());
            }
        }
        return unread.status();
    }

    private Map<Path, E> plan(Root root, Unread unread) {
        CopickUri wanted = CopickUri.parse(kind, uri());
        ExportPaths paths = new ExportPaths();
        Predicate<Entity> accepted = accepted(root);
        Map<Path, E> plan = new LinkedHashMap<>();
        for (Run run : project.runs(root)) {
            for (Entity found : EntityWalk.matching(run, wanted, unread)) {
                if (!accepted.test(found)) {
                    continue;
                }
                E entity = type.cast(found);
                Path place = place(entity);
                paths.take(place, entity.location());
                plan.put(place, entity);
            }
        }
        return plan;
    }
}
