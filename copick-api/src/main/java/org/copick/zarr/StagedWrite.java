package org.copick.zarr;

import java.util.function.Consumer;
import org.copick.error.AccessDeniedException;
import org.copick.error.AlreadyExistsException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;

/**
 * Writes everything at a place, so that nobody reads a mixture. If the store can exchange a prefix, the objects are staged
 * beside the place and exchanged. Otherwise a {@linkplain StorePlace#writingMark marker} exists while the place is
 * incomplete; old objects are deleted, metadata before everything else, and metadata are written last.
 */
final class StagedWrite {
    private static final String UNFINISHED =
            " is being written by somebody else, or was left unfinished; nothing was written, replace it";

    private StagedWrite() {}

    /**
     * Writes.
     *
     * @param writer writes everything, what makes it visible last
     * @throws AlreadyExistsException for {@link WriteCondition#IF_ABSENT} when anything is there
     */
    static void at(StorePlace place, WriteCondition condition, Consumer<ObjectStore> writer) {
        boolean create = condition instanceof WriteCondition.IfAbsent;
        if (!create && !(condition instanceof WriteCondition.Any)) {
            throw new IllegalArgumentException("an image has no version to wait for");
        }
        ObjectStore store = place.store();
        if (create) {
            requireFree(place);
        }
        if (place.prefix().isEmpty() || !store.can(StoreCapability.REPLACE_PREFIX)) {
            if (create) {
                create(place, writer);
            } else {
                replace(place, writer);
            }
            return;
        }
        String name = Keys.lastSegment(place.prefix());
        String parent = place.prefix().substring(0, place.prefix().length() - name.length() - 1);
        deleteLeft(store, parent, name);
        String staged = parent + StagedName.of(name) + "/";
        try {
            writer.accept(new StorePlace(store, staged).scoped());
            store.replacePrefix(staged, place.prefix(), condition);
        } catch (RuntimeException | Error failure) {
            cleanUp(failure, () -> store.deletePrefix(staged));
            throw failure;
        }
    }

    /** Deletes what killed processes left of the same image. */
    private static void deleteLeft(ObjectStore store, String parent, String name) {
        try {
            for (String prefix : store.listLevel(parent).prefixes()) {
                String folder = Keys.lastSegment(prefix);
                if (StagedName.isStaged(folder, name) && StagedName.writer(folder) == StagedName.Writer.GONE) {
                    store.deletePrefix(prefix);
                }
            }
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (AccessDeniedException | StorageException e) {
            // it is in nobody's way, and copick validate reports it
            return;
        }
    }

    private static void requireFree(StorePlace place) {
        boolean free = place.store().list(place.prefix(), null, 2).objects().stream()
                .allMatch(object -> object.key().equals(place.writingMark()));
        if (!free) {
            boolean marked = place.store().info(place.writingMark()).isPresent();
            throw new AlreadyExistsException(
                    place.location() + (marked ? UNFINISHED : " exists already; nothing was written"));
        }
    }

    private static void create(StorePlace place, Consumer<ObjectStore> writer) {
        boolean atomically = place.store().can(StoreCapability.CREATE_IF_ABSENT);
        try {
            place.store()
                    .write(
                            place.writingMark(),
                            new byte[0],
                            atomically ? WriteCondition.IF_ABSENT : WriteCondition.ANY);
        } catch (AlreadyExistsException e) {
            throw new AlreadyExistsException(place.location() + UNFINISHED, e);
        }
        try {
            // somebody may have created it, and be done, since it was free
            requireFree(place);
        } catch (RuntimeException | Error failure) {
            cleanUp(failure, () -> place.store().delete(place.writingMark()));
            throw failure;
        }
        try {
            writer.accept(place.scoped());
        } catch (RuntimeException | Error failure) {
            cleanUp(failure, () -> {
                deleteAll(place.scoped());
                place.store().delete(place.writingMark());
            });
            throw failure;
        }
        place.store().delete(place.writingMark());
    }

    private static void replace(StorePlace place, Consumer<ObjectStore> writer) {
        place.store().write(place.writingMark(), new byte[0], WriteCondition.ANY);
        deleteAll(place.scoped());
        writer.accept(place.scoped());
        place.store().delete(place.writingMark());
    }

    private static void deleteAll(ObjectStore scoped) {
        ImageMetadata.deleteFrom(scoped);
        var level = scoped.listLevel("");
        level.prefixes().forEach(scoped::deletePrefix);
        level.objects().stream().map(ObjectInfo::key).forEach(scoped::delete);
    }

    private static void cleanUp(Throwable failure, Runnable deletion) {
        // an interrupt would end the deletion, too
        boolean interrupted = Thread.interrupted();
        try {
            deletion.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
