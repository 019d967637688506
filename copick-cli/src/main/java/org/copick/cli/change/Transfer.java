package org.copick.cli.change;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.CopickUri;
import org.copick.CopyOptions;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.TargetUri;
import org.copick.cli.options.Kinds;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.copick.cli.walk.Comparison;
import org.copick.cli.walk.EntityWalk;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Common parts of copying and moving within a project; everything is checked before anything is written. */
abstract class Transfer extends Selection implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            converter = Kinds.class,
            description = "Kind of the entities: picks, filaments, mesh, segmentation, tomogram or feature.")
    private EntityKind kind = EntityKind.PICKS;

    @Parameters(
            index = "1",
            paramLabel = "SOURCE",
            description = "Entities to copy or move, as a copick URI; a pattern needs --force or --dry-run.")
    private String source = "";

    @Parameters(
            index = "2",
            paramLabel = "TARGET",
            description =
                    "New name, as a copick URI. {object_name}, {name}, {user_id}, {session_id} and {voxel_spacing}"
                            + " stand for the source's parts; omitted parts stay as they are.")
    private String target = "";

    @Option(
            names = "--overwrite",
            negatable = true,
            description = "Replace existing entities (default: refuse; equal ones count as done).")
    private boolean overwrite;

    /** Returns whether sources are deleted after copying. */
    abstract boolean moves();

    @Override
    public Integer call() {
        PrintWriter out = commandLine().getOut();
        try (Root root = project.open()) {
            TargetUri named = TargetUri.parse(kind, target);
            List<Entity> sources = select(root, kind, source);
            Map<EntityKey, Entity> plan = new LinkedHashMap<>();
            for (Entity entity : sources) {
                EntityKey key = named.of(entity.key());
                Entity other = plan.put(key, entity);
                if (other != null) {
                    throw new CommandFailure(other.location() + " and " + entity.location() + " would both become "
                            + CopickUri.of(key) + "; nothing was changed; use placeholders such as {user_id} and"
                            + " {session_id} in the target");
                }
            }
            if (moves()) {
                requireWritable(sources, "copick cp copies it, copick hide hides it");
            }
            if (moves() || overwrite) {
                EntityWalk.ontoSource(plan).ifPresent(copy -> {
                    throw new CommandFailure("the target " + CopickUri.of(copy.getKey()) + " of "
                            + copy.getValue().location()
                            + " is a source, too; nothing was changed; take two steps, the first to unused names");
                });
            }
            Set<EntityKey> present = new HashSet<>();
            plan.forEach((key, entity) -> {
                if (isThere(root, entity, key)) {
                    present.add(key);
                }
            });
            plan.forEach((key, entity) -> {
                boolean isThere = present.contains(key);
                Printable.writtenRow(
                        out, isThere, EntityWalk.runOf(key), CopickUri.of(entity.key()), CopickUri.of(key));
                if (!dryRun) {
                    transfer(root, entity, key, isThere);
                }
            });
        }
        return ExitStatus.DONE;
    }

    /**
     * Checks that an entity can be copied to a key.
     *
     * @return whether an equal copy exists already, such as from an interrupted command
     */
    private boolean isThere(Root root, Entity entity, EntityKey key) {
        if (key.equals(entity.key())) {
            throw new CommandFailure("the target " + CopickUri.of(key)
                    + " is the source itself; nothing was changed; give it another name");
        }
        Optional<? extends Entity> existing = root.find(key);
        boolean present = existing.isPresent() && !overwrite && Comparison.isEqual(() -> root.holdsCopy(entity, key));
        if (existing.isPresent() && !overwrite && !present) {
            throw new CommandFailure(
                    existing.get().location() + " exists already; nothing was changed; --overwrite replaces it");
        }
        if (kind.content() == EntityKind.Content.DOCUMENT && key instanceof EntityKey.Annotation annotation) {
            root.object(annotation.object());
        }
        return present;
    }

    private void transfer(Root root, Entity entity, EntityKey key, boolean isThere) {
        if (isThere) {
            if (moves()) {
                entity.delete();
            }
            return;
        }
        CopyOptions options = CopyOptions.asStored();
        Entity copy = root.copy(entity, key, overwrite ? options.onExisting(OnExisting.REPLACE) : options);
        if (moves()) {
            if (kind != EntityKind.PICKS
                    && kind != EntityKind.FILAMENTS
                    && copy.storedBytes() != entity.storedBytes()) {
                throw new CommandFailure("the copy at " + copy.location() + " has another size than "
                        + entity.location() + ", which was not deleted");
            }
            entity.delete();
        }
    }
}
