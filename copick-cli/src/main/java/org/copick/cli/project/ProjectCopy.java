package org.copick.cli.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.CopyOptions;
import org.copick.Entity;
import org.copick.Features;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.OnExisting;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.ItemListener;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unlisted;
import org.copick.cli.walk.VoxelWalk;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.AlreadyExistsException;
import org.copick.error.CopickException;
import org.copick.error.InvalidConfigException;
import org.copick.error.OperationInterruptedException;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;

/** A copy from one project to another, entity by entity; a failure does not stop the others. */
final class ProjectCopy {
    private final Root from;
    private final Root to;
    private final @Nullable Integer zarrFormat;
    private final boolean overwrite;
    private final List<String> failures = new ArrayList<>();
    private final Unlisted unlisted = new Unlisted();
    private final List<UnparsableName> skipped = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();
    private int copied;
    private int present;

    ProjectCopy(Root from, Root to, @Nullable Integer zarrFormat, boolean overwrite) {
        this.from = from;
        this.to = to;
        this.zarrFormat = zarrFormat;
        this.overwrite = overwrite;
        for (Layer layer : to.layers()) {
            if (!layer.readOnly() && from.layers().stream().anyMatch(own -> own.isPlaceOf(layer))) {
                throw new InvalidConfigException("cannot copy the project to itself: both are at " + layer.location());
            }
        }
    }

    List<String> failures() {
        return failures;
    }

    /** Returns the locations of tomograms that were left out because another one of their type was copied. */
    List<String> repeated() {
        return repeated;
    }

    List<UnparsableName> unparsableNames() {
        return skipped;
    }

    int copied() {
        return copied;
    }

    int present() {
        return present;
    }

    /**
     * Adds the object definitions that the target lacks.
     *
     * @param save whether to save the target's configuration, as one of several processes does
     */
    void definitions(boolean save) {
        boolean changed = false;
        List<ObjectDefinition> before = to.config().objects();
        for (PickableObject object : from.objects()) {
            ObjectDefinition definition = object.definition();
            Optional<ObjectDefinition> known = to.config().object(object.name());
            if (known.isEmpty()) {
                requireFreeLabel(definition, before);
                to.addObjectAsIs(definition);
                changed = true;
            } else if (!known.get().equals(definition)) {
                if (!overwrite) {
                    throw new AlreadyExistsException("the object \"" + object.name()
                            + "\" is defined differently in the target; pass --overwrite to replace its definition");
                }
                to.replaceObject(definition);
                changed = true;
            }
        }
        if (changed && save) {
            to.save();
        }
    }

    /** Refuses a label of another object in the target, which would change the meaning of segmentations. */
    private static void requireFreeLabel(ObjectDefinition definition, List<ObjectDefinition> before) {
        for (ObjectDefinition other : before) {
            if (definition.label().isPresent() && other.label().equals(definition.label())) {
                throw new AlreadyExistsException(
                        "the label " + definition.label().getAsLong() + " of \"" + definition.name()
                                + "\" belongs to \"" + other.name() + "\" in the target; nothing was copied");
            }
        }
    }

    void densityMaps() {
        for (PickableObject object : from.objects()) {
            attempt("the density map of " + object.name(), () -> {
                Optional<Volume> map = object.findDensityMap();
                if (map.isEmpty()) {
                    return;
                }
                Optional<Volume> known = to.object(object.name()).findDensityMap();
                if (known.isPresent() && same(map.get(), known.get())) {
                    present++;
                } else {
                    to.copyDensityMap(object, options(map.get(), isUnwritten(known)));
                    copied++;
                }
            });
        }
    }

    /**
     * Copies the entities of runs.
     *
     * @param accepted accepts the entities to copy; runs and voxel spacings are also copied for what they hold
     */
    void entities(List<Run> runs, Set<EntityKind> kinds, Predicate<Entity> accepted, ItemListener progress) {
        List<Entity> entities = new ArrayList<>();
        for (Run run : runs) {
            Set<EntityKey> seen = new HashSet<>();
            for (Entity entity : wanted(run, kinds, accepted)) {
                EntityKind kind = entity.key().kind();
                if (kind == EntityKind.TOMOGRAM && !seen.add(entity.key())) {
                    // the CryoET Data Portal may have several; the first is the preferred one
                    repeated.add(entity.location());
                    continue;
                }
                entities.add(entity);
            }
            attempt(run.location(), () -> skipped.addAll(run.unparsableNames()));
        }
        int done = 0;
        for (Entity entity : entities) {
            attempt(entity.location(), () -> copy(entity));
            EntityWalk.forget(entity);
            progress.done(++done, entities.size());
        }
    }

    /** Returns the accepted entities of a run, each after the run and the voxel spacing that hold it. */
    private List<Entity> wanted(Run run, Set<EntityKind> kinds, Predicate<Entity> accepted) {
        List<Entity> all = EntityWalk.of(run, this::attempt);
        Set<Entity> wanted = new HashSet<>();
        Set<EntityKey> holders = new HashSet<>();
        for (Entity entity : all) {
            EntityKind kind = entity.key().kind();
            if ((kinds.contains(kind) || kind.content() == EntityKind.Content.CONTAINER) && accepted.test(entity)) {
                wanted.add(entity);
                Optional<EntityKey> holder = entity.key().parent();
                while (holder.isPresent()) {
                    holders.add(holder.get());
                    holder = holder.get().parent();
                }
            }
        }
        return all.stream()
                .filter(entity -> wanted.contains(entity)
                        || (entity.key().kind().content() == EntityKind.Content.CONTAINER
                                && holders.contains(entity.key())))
                .toList();
    }

    private void copy(Entity entity) {
        Optional<? extends Entity> known = to.find(entity.key());
        Optional<Volume> volume = volume(entity);
        boolean isThere = known.isPresent() && same(entity, known.get());
        known.ifPresent(EntityWalk::forget);
        if (isThere) {
            present += entity.key().kind().content() == EntityKind.Content.CONTAINER ? 0 : 1;
            return;
        }
        Optional<Volume> knownVolume = known.flatMap(ProjectCopy::volume);
        Entity copy = to.copy(
                entity,
                entity.key(),
                volume.isPresent()
                        ? options(volume.get(), isUnwritten(knownVolume))
                        : overwrite ? CopyOptions.asStored().onExisting(OnExisting.REPLACE) : CopyOptions.asStored());
        EntityWalk.forget(copy);
        copied += entity.key().kind().content() == EntityKind.Content.CONTAINER ? 0 : 1;
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (CopickException | OutOfMemoryError e) {
            if (!unlisted.isNew(FailureMessage.of(e))) {
                return;
            }
            String failure = "cannot copy " + what + ": " + FailureMessage.of(e)
                    + (e instanceof AlreadyExistsException ? "; --overwrite replaces it" : "");
            if (!failures.contains(failure)) {
                failures.add(failure);
            }
        }
    }

    /** Returns whether a volume was created but not finished, and can be replaced. */
    private static boolean isUnwritten(Optional<Volume> known) {
        return known.filter(volume -> volume.levels().isEmpty()).isPresent();
    }

    private CopyOptions options(Volume volume, boolean unwritten) {
        int format = zarrFormat != null ? zarrFormat : volume.zarrFormat().orElse(2);
        CopyOptions options =
                CopyOptions.transcoded((format == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).fitting());
        return overwrite || unwritten ? options.onExisting(OnExisting.REPLACE) : options;
    }

    private static Optional<Volume> volume(Entity entity) {
        if (entity instanceof Tomogram tomogram) {
            return Optional.of(tomogram.volume());
        } else if (entity instanceof Features features) {
            return Optional.of(features.volume());
        } else if (entity instanceof Segmentation segmentation) {
            return Optional.of(segmentation.volume());
        }
        return Optional.empty();
    }

    /** Returns whether two documents are equal, or two volumes in all levels, and the second has the target format. */
    private boolean same(Entity entity, Entity known) {
        if (entity instanceof Picks picks && known instanceof Picks other) {
            EntityKey.Picks key = picks.key();
            // copies have the names of their key; files of the portal have no name of a run
            return picks.document()
                    .withIdentity(key.object(), key.user(), key.session(), key.run())
                    .equals(other.document());
        } else if (entity instanceof Filaments filaments && known instanceof Filaments other) {
            EntityKey.Filaments key = filaments.key();
            return filaments
                    .document()
                    .withIdentity(key.object(), key.user(), key.session(), key.run())
                    .equals(other.document());
        } else if (entity instanceof Mesh mesh && known instanceof Mesh other) {
            return Arrays.equals(mesh.glb(), other.glb());
        } else if (entity.key().kind().content() == EntityKind.Content.CONTAINER) {
            return true;
        }
        return same(volume(entity).orElseThrow(), volume(known).orElseThrow());
    }

    private boolean same(Volume volume, Volume known) {
        int format = zarrFormat != null ? zarrFormat : volume.zarrFormat().orElse(2);
        if (volume.levels().size() != known.levels().size()
                || !known.zarrFormat().equals(Optional.of(format))) {
            return false;
        }
        for (int i = 0; i < volume.levels().size(); i++) {
            if (!Arrays.equals(volume.level(i).shape(), known.level(i).shape())
                    || volume.level(i).dataType() != known.level(i).dataType()) {
                return false;
            }
        }
        for (int i = 0; i < volume.levels().size(); i++) {
            if (!VoxelWalk.same(volume.level(i).array(), known.level(i).array())) {
                return false;
            }
        }
        return true;
    }
}
