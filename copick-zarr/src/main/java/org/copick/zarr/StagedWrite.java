package org.copick.zarr;

import java.util.function.Consumer;
import org.copick.error.AccessDeniedException;
import org.copick.error.AlreadyExistsException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;

/**
 * Replaces the content of a place so that nobody reads a mixture and nothing is lost. If the store can exchange a
 * prefix, the new objects are staged beside the place and exchanged. Otherwise {@link MarkedWrite} uses a marker.
 */
final class StagedWrite {
    private StagedWrite() {}

    /**
     * Writes the content of a place.
     *
     * @param writer writes all objects, those that make the content visible last
     * @throws AlreadyExistsException for {@link WriteCondition#IF_ABSENT} if the place is not empty, unless it holds a
     *     new image whose writer has ended before completing it
     */
    static void at(StorePlace place, WriteCondition condition, Consumer<ObjectStore> writer) {
        boolean create = condition instanceof WriteCondition.IfAbsent;
        if (!create && !(condition instanceof WriteCondition.Any)) {
            throw new IllegalArgumentException("an image has no version, so its write cannot depend on one");
        }
        if (!place.prefix().isEmpty() && place.store().can(StoreCapability.REPLACE_PREFIX)) {
            if (create) {
                MarkedWrite.requireFree(place);
            }
            exchange(place, condition, writer);
        } else if (create) {
            MarkedWrite.create(place, writer);
        } else {
            MarkedWrite.replace(place, writer);
        }
    }

    private static void exchange(StorePlace place, WriteCondition condition, Consumer<ObjectStore> writer) {
        ObjectStore store = place.store();
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

    /** Deletes staged folders of this image left by killed processes. */
    private static void deleteLeft(ObjectStore store, String parent, String name) {
        try {
            for (String prefix : store.listFolder(parent).prefixes()) {
                String folder = Keys.lastSegment(prefix);
                if (StagedName.image(folder).filter(name::equals).isPresent()
                        && StagedName.writer(folder) == StagedName.Writer.GONE) {
                    store.deletePrefix(prefix);
                }
            }
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (AccessDeniedException | StorageException e) {
            // leftovers do no harm, and copick validate reports them
            return;
        }
    }

    static void cleanUp(Throwable failure, Runnable deletion) {
        // an interrupt would also end the deletion
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
